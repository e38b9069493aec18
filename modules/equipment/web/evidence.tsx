import { useState } from "react";
import { upload } from "../../../apps/web/client.ts";
import { Field } from "../../../apps/web/ui/fields.tsx";
import { useForm } from "../../../apps/web/ui/form-page.tsx";
import { FileDrop } from "../../../apps/web/ui/pickers.tsx";
import { keepFile } from "../../../kernel/files/files.contract.ts";

/** Photos as evidence (照片), kept as they are chosen. */
export function PhotosField({
  name,
  label,
  help,
}: {
  readonly name: string;
  readonly label: string;
  readonly help?: string;
}) {
  const form = useForm();
  const [kept, setKept] = useState<readonly { id: string; name: string; size: number }[]>([]);
  const write = (next: typeof kept) => {
    setKept(next);
    form.set(
      name,
      next.map((one) => one.id),
    );
  };
  return (
    <Field name={name} label={label} help={help} required={false} group>
      {() => (
        <>
          {kept.map((one) => (
            <FileDrop
              key={one.id}
              label={label}
              onFile={async () => {}}
              done={one}
              onRemove={() => write(kept.filter((other) => other.id !== one.id))}
            />
          ))}
          {kept.length < 12 && (
            <FileDrop
              label={label}
              accept="image/*"
              onFile={async (file, onProgress) => {
                const answer = await upload(keepFile, {}, file, { onProgress });
                write([...kept, { id: answer.id, name: answer.name, size: answer.size }]);
              }}
            />
          )}
        </>
      )}
    </Field>
  );
}
