// Shows pushes of Dragoman and opens the conversation they are about. It has no fetch handler on purpose: pages stay as they are.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  let told = {};
  try {
    told = event.data?.json() ?? {};
  } catch {
    // what cannot be read is still worth a look
  }
  const { title = "Dragoman", body = "", url = "/notifications", tag = "dragoman", language = "" } = told;
  event.waitUntil(self.registration.showNotification(title, { body, tag, renotify: true, lang: language, dir: "auto", data: { url } }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const address = new URL(event.notification.data?.url ?? "/notifications", self.location.origin);
  if (address.origin !== self.location.origin) return;
  event.waitUntil(
    (async () => {
      const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
      const open = pages.find((page) => new URL(page.url).pathname === address.pathname) ?? pages.find((page) => page.visibilityState === "visible");
      if (!open) return self.clients.openWindow(address.href);
      await open.focus();
      return open.navigate(address.href).catch(() => self.clients.openWindow(address.href));
    })(),
  );
});
