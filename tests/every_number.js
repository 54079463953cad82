// Opens every list of the page and gives [numbers compared, those that differ: [what, number, length]].
() => {
  const all = (selector, host = document) => [...host.querySelectorAll(selector)];
  const number = (element) => Number(element.textContent.match(/[\d,]+/)[0].replaceAll(",", ""));
  const wrong = [];
  let compared = 0;
  const same = (what, told, found) => {
    compared++;
    if (told !== found) wrong.push([what, told, found]);
  };
  const open = (hosts) => hosts.forEach((cards) => { while (!cards.nextElementSibling.hidden) cards.nextElementSibling.click(); });
  /** Claims in lists of cards: with the copies that are folded into a card. */
  const claims = (hosts) => (open(hosts), hosts.flatMap((cards) => all(".origin", cards)).length);
  const listed = () => claims(all("#panel .cards").filter((cards) => !cards.closest(".held")));
  const counted = () => number({ textContent: document.getElementById("counts").textContent.split(" · ")[2] });
  const choose = (which) => all(".tabs button").find((tab) => tab.textContent.startsWith(which)).click();
  const rows = () => {
    while (document.querySelector(".more-rows")) document.querySelector(".more-rows").click();
    return all("tbody tr");
  };

  /** The panel of whatever was opened, against the number that opened it. */
  const panel = (what, told) => {
    same(what, told, listed());
    same(`${what}: class bar`, told, all(".class-words li").reduce((sum, li) => sum + number(li), 0));
    same(`${what}: to copy`, told, number(document.querySelector(".panel-foot button")));
    for (const title of all("#panel section > h3").filter((h3) => /\(\d+\)$/.test(h3.textContent))) {
      all(".more", title.parentElement).forEach((more) => more.click());
      same(`${what}: ${title.textContent}`, number(title), all("li", title.parentElement).length);
    }
  };
  const close = () => document.querySelector("#panel .close").click();

  const table = (which, open) => {
    choose(which);
    const total = rows().length;
    same(`table of ${which}`, number(all(".tabs button").find((tab) => tab.textContent.startsWith(which))), total);
    const told = document.getElementById("counts").textContent.split(" · ").map((part) => number({ textContent: part }));
    same(`counts of ${which}`, told[["Actors", "Ties", "Claims"].indexOf(which)], total);
    for (let i = 0; open && i < total; i++) {
      const row = rows()[i];
      const cells = all("th, td", row).map((cell) => cell.textContent);
      row.querySelector("button").click();
      open(cells);
      close();
    }
  };

  document.getElementById("as-table").click();
  const behind = new Set();
  table("Ties", (cells) => {
    panel(`tie ${cells[0]} → ${cells[1]}`, Number(cells[2]));
    const cards = all("#panel .cards").filter((host) => !host.closest(".held")).flatMap((host) => all("[data-claim]", host));
    cards.forEach((card) => behind.add(card.dataset.claim));
    if (!all("#panel .copies, #panel .origin + .origin").length) {
      ["asserted", "claimed", "denied", "negated"].forEach((status, i) =>
        same(`${status} of ${cells[0]} → ${cells[1]}`, Number(cells[4 + i]), cards.filter((card) => card.classList.contains(status)).length));
    }
    same(`contradicting of ${cells[0]} → ${cells[1]}`, Number(cells[10]), all("#panel .side").length);
  });
  table("Actors", (cells) => {
    panel(`actor ${cells[0]}`, Number(cells[4]));
    const ties = all("#panel section > h3").filter((h3) => /\(\d+\)$/.test(h3.textContent)).reduce((sum, h3) => sum + number(h3), 0);
    same(`ties of ${cells[0]}`, Number(cells[5]), ties);
  });
  table("Claims");
  for (const kind of ["CSV", "Turtle"]) same(kind, number(document.querySelector(`[data-kind="${kind}"]`)), counted());
  if (document.querySelector(".undated:not([hidden])[aria-pressed=true]")) {
    same("undated", number(document.querySelector(".undated")), rows().filter((row) => row.lastChild.textContent === "undated").length);
  }
  document.getElementById("as-graph").click();

  for (let i = 0; i < all("#panel button.row").length; i++) {
    const row = all("#panel button.row")[i];
    const told = number(row.querySelector(".count"));
    const what = `overview: ${row.textContent}`;
    row.click();
    panel(what, told);
    close();
  }
  all("#filters details").forEach((facet) => { if (!facet.open) facet.querySelector("summary").click(); });
  for (let f = 0; f < all("#filters details").length; f++) {
    const facet = () => all("#filters details")[f];
    if (facet().hidden || all("input:checked", facet()).length) continue; // what is chosen adds up
    if (/^All/.test(facet().querySelector(".more").textContent)) facet().querySelector(".more").click();
    for (const key of all("input", facet()).map((input) => input.dataset.key)) {
      const input = () => all("input", facet()).find((one) => one.dataset.key === key);
      const told = number(input().closest("label").querySelector(".count"));
      input().click();
      same(`facet ${key}`, told, counted());
      input().click();
    }
  }
  const pressed = all("button.status").map((button) => button.getAttribute("aria-pressed") === "true");
  const set = (wanted) => wanted.forEach((on, i) => {
    if ((all("button.status")[i].getAttribute("aria-pressed") === "true") !== on) all("button.status")[i].click();
  });
  pressed.forEach((_, i) => {
    set(pressed.map((_, j) => i === j));
    same(`status ${i}`, number(all("button.status .count")[i]), counted());
  });
  set(pressed);
  const tied = document.getElementById("counts").textContent.match(/([\d,]+) behind ties/);
  if (tied) same("behind ties, at least", true, number({ textContent: tied[1] }) >= behind.size);
  return [compared, wrong];
}
