/* The practice plan: a dot for each practice, filled when its session was heard since the plan began. A day that was
 * missed costs nothing: what is next waits. */

function plan(pack) {
  const byName = new Map(pack.sessions.map((session) => [session.name, session]));
  const practices = pack.programme.flatMap((week, number) => week.practices.map((practice) => ({ ...practice, week: number })));
  const begun = () => memory.get("plan start") ?? memory.get("diary", [])[0]?.[1] ?? null;

  /** Every practice with `done`. What was heard fills the first open practice of its session. */
  function progress() {
    const start = begun();
    const heard = new Map();
    for (const [name, day] of memory.get("diary", [])) {
      if (!start || day >= start) heard.set(name, (heard.get(name) ?? 0) + 1);
    }
    return practices.map((practice) => {
      const left = heard.get(practice.name) ?? 0;
      if (left) heard.set(practice.name, left - 1);
      return { ...practice, done: left > 0 };
    });
  }

  const next = () => progress().find(({ done }) => !done);
  const nextSession = () => byName.get(next()?.name);

  function week(row, number, rows, now) {
    const own = rows.filter((practice) => practice.week === number);
    const done = own.filter((practice) => practice.done).length;
    const dots = own.map((practice) => make("span", { class: practice.done ? "dot full" : practice === now ? "dot now" : "dot" }));
    const links = row.sessions
      .map((name) => byName.get(name))
      .filter(Boolean)
      .map((session) => make("li", {}, make("a", { href: address(session), dir: "auto", lang: session.language }, session.title)));
    const title = row.title || t("week", { number: number + 1 });
    return make(
      "li",
      { class: now?.week === number ? "now" : false },
      make("h3", { dir: "auto", lang: pack.language }, title),
      make("p", { class: "small" }, row.times === 7 ? t("every_day") : t("times_a_week", { n: row.times })),
      make("p", { class: "dots", role: "img", "aria-label": t("dots", { done, total: own.length }) }, ...dots),
      make("ul", {}, ...links),
    );
  }

  function show() {
    $("programme").hidden = pack.programme.length === 0;
    if (!pack.programme.length) return;
    const rows = progress();
    const now = rows.find(({ done }) => !done);
    const session = byName.get(now?.name);
    $("today").hidden = !session;
    if (session) {
      const [, title, place] = $("today").children;
      $("today").href = address(session);
      title.textContent = session.title;
      title.lang = session.language;
      place.textContent = `${brief(session.seconds)} · ${pack.programme[now.week].title || t("week", { number: now.week + 1 })}`;
    }
    $("plan-done").hidden = Boolean(now);
    $("programme").querySelector("ol").replaceChildren(...pack.programme.map((row, number) => week(row, number, rows, now)));
    $("plan-start").value = begun() ?? "";
  }

  /** The practices as calendar entries from the day that was chosen, in local time (RFC 5545, floating). */
  function calendar(start) {
    const escape = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/\s*\n\s*/g, "\\n");
    const stamp = (date) => today(date).replaceAll("-", "");
    const entries = practices.flatMap(({ name, uid, day, minutes }) => {
      const session = byName.get(name);
      const at = new Date(`${start}T00:00`);
      at.setDate(at.getDate() + day);
      at.setMinutes(minutes);
      const clockTime = `${String(at.getHours()).padStart(2, "0")}${String(at.getMinutes()).padStart(2, "0")}00`;
      return [
        "BEGIN:VEVENT", `UID:${uid}`, `DTSTAMP:${stamp(new Date(`${start}T00:00`))}T000000Z`, `DTSTART:${stamp(at)}T${clockTime}`,
        `DURATION:PT${Math.max(1, Math.round(session.seconds))}S`, `SUMMARY:${escape(session.title)}`,
        ...(load.folder.startsWith("http") ? [`URL:${load.folder}${address(session)}`] : []),
        "BEGIN:VALARM", "ACTION:DISPLAY", `DESCRIPTION:${escape(session.title)}`, "TRIGGER:-PT10M", "END:VALARM", "END:VEVENT",
      ];
    });
    const rows = ["BEGIN:VCALENDAR", "PRODID:-//voiceguide//player//EN", "VERSION:2.0", "CALSCALE:GREGORIAN", `X-WR-CALNAME:${escape(pack.title)}`, ...entries, "END:VCALENDAR"];
    return rows.map(folded).join("\r\n") + "\r\n";
  }

  /** A line in pieces of at most 75 bytes, no letter cut (RFC 5545, 3.1). */
  function folded(row) {
    const encoder = new TextEncoder();
    let [text, size] = ["", 0];
    for (const letter of row) {
      const count = encoder.encode(letter).length;
      if (size + count > 74) [text, size] = [`${text}\r\n `, 1];
      text += letter;
      size += count;
    }
    return text;
  }

  $("plan-start").addEventListener("change", () => {
    memory.set("plan start", $("plan-start").value || null);
    show();
  });
  $("plan-calendar").addEventListener("click", () => {
    const start = $("plan-start").value || today();
    memory.set("plan start", start);
    const url = URL.createObjectURL(new Blob([calendar(start)], { type: "text/calendar" }));
    const link = make("a", { href: url, download: "programme.ics" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
    show();
  });
  return { show, nextSession };
}
