-- A gift and a use are asked for by their id from anywhere in one's range; the keys begin with the home, so each such question read
-- the whole table. Built under a lock, seconds for a million gifts.
create index donation_id_idx on donation (id);
create index donation_use_id_idx on donation_use (id);
