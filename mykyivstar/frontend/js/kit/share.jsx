// Hands an address to the device's own sharing, where it has one; nothing is shown elsewhere.
import { useEffect, useState } from "react";

export function ShareButton({ title, url, children, ...rest }) {
  const [can, setCan] = useState(false);
  useEffect(() => setCan(typeof navigator.share === "function"), []);
  if (!can) return null;
  // Whoever closes the device's dialog has changed their mind, which is no mistake.
  const share = () => navigator.share({ title, url }).catch(() => undefined);
  return <button type="button" onClick={share} {...rest}>{children}</button>;
}
