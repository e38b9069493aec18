import { type ReactNode, useState } from "react";

/** What a form was opened with (打开时的数据): sending it asks everything again, and the receipt must not give way to the answer. */
export function AsOpened<Data>({
  data,
  children,
}: {
  readonly data: Data;
  readonly children: (data: Data) => ReactNode;
}) {
  const [held] = useState(data);
  return <>{children(held)}</>;
}
