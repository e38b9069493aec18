-- A phone that was without network for days renews its own session instead of asking for the password: by the secret it got after
-- the last sign-in with a password, and a signature over a challenge that counts once.
alter table device add column session_secret_hash text;
alter table device add column challenge_at timestamptz;
comment on column device.session_secret_hash is '续期凭据摘要 — SHA-256 of the secret the phone keeps under its PIN; null: only the password opens a session';
comment on column device.challenge_at is '最近一次续期的挑战时间 — an older challenge is spent';
