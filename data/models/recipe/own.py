"""Sentences of our own with their names marked, for kinds that the treebanks lack.

Datelines, wire credits, lists, ministries, agencies, companies, armed groups and media by their full and
short names, persons with titles before them (left out), transliterated names, and words that are names
only at times: IS, US, Will, May, Chad, Turkey, Jordan, Georgia. Each frame is filled at random; who
annotates its tree is the ensemble.
"""

import random
import re

from convert import tokenized

ORGS = """
    State Department|Pentagon|Treasury|Treasury Department|White House|Kremlin|Foreign Office|
    Home Office|Elysee|Ministry of Foreign Affairs|Foreign Ministry|Defence Ministry|Defense Ministry|
    Interior Ministry|Ministry of Defence|Ministry of Commerce|Finance Ministry|Ministry of Health|
    Justice Department|Department of Justice|Department of Homeland Security|Commerce Department|
    National Security Council|Central Intelligence Agency|CIA|FBI|NSA|MI6|Mossad|Shin Bet|FSB|GRU|ISI|
    SBU|Europol|Interpol|NATO|EU|UN|European Union|United Nations|European Commission|
    European Parliament|European Council|African Union|Arab League|Security Council|UN Security Council|
    General Assembly|World Bank|International Monetary Fund|IMF|World Health Organization|WHO|WTO|
    World Trade Organization|International Criminal Court|ICC|International Court of Justice|UNHCR|
    UNICEF|UNRWA|World Food Programme|International Atomic Energy Agency|IAEA|ASEAN|BRICS|OPEC|
    Gulf Cooperation Council|ECOWAS|Mercosur|OSCE|G7|Congress|Senate|House of Representatives|
    House of Commons|Knesset|Duma|State Duma|Bundestag|National Assembly|Supreme Court|
    Constitutional Court|Federal Reserve|European Central Bank|Bank of England|People's Bank of China|
    National People's Congress|People's Liberation Army|Israel Defense Forces|IDF|Revolutionary Guards|
    Islamic Revolutionary Guard Corps|IRGC|Quds Force|Hezbollah|Hamas|Fatah|Taliban|Islamic Jihad|
    al-Qaeda|al-Shabaab|Boko Haram|Islamic State|ISIS|ISIL|Houthi movement|Rapid Support Forces|
    Free Syrian Army|Syrian Democratic Forces|SDF|PKK|YPG|Wagner Group|Wagner|Lord's Resistance Army|M23|
    FARC|ELN|Popular Mobilization Forces|Kataib Hezbollah|Janjaweed|Lashkar-e-Taiba|Muslim Brotherhood|
    Communist Party|Conservative Party|Labour Party|Democratic Party|Republican Party|
    African National Congress|Likud|AKP|Justice and Development Party|Awami League|Polisario Front|
    Palestine Liberation Organization|PLO|Palestinian Authority|Red Cross|Red Crescent|
    Amnesty International|Human Rights Watch|Doctors Without Borders|Oxfam|Transparency International|
    International Crisis Group|Chatham House|Carnegie Endowment|Rand Corporation|Brookings Institution|
    Reuters|Associated Press|AP|AFP|Agence France-Presse|BBC|CNN|Al Jazeera|Xinhua|TASS|Interfax|
    Anadolu Agency|IRNA|Fars News Agency|Yonhap|Kyodo News|New York Times|Washington Post|
    Financial Times|Wall Street Journal|Le Monde|Der Spiegel|Haaretz|Global Times|People's Daily|
    Kommersant|Fox News|Sky News|Radio Free Europe|Gazprom|Rosneft|Lukoil|Rosatom|Aramco|Saudi Aramco|
    Huawei|ZTE|TikTok|ByteDance|Boeing|Airbus|Lockheed Martin|Raytheon|Rheinmetall|BAE Systems|Siemens|
    Total Energies|Shell|BP|ExxonMobil|Chevron|Nord Stream AG|Naftogaz|Petrobras|Sinopec|CNOOC|Maersk|
    Samsung Electronics|Toyota|Volkswagen|Apple|Google|Microsoft|Intel|TSMC|Nvidia|Deutsche Bank|
    Goldman Sachs|Credit Suisse|Mahan Air|Aeroflot|Turkish Airlines|Qatar Airways|Ant Group|
    University of Oxford|Harvard University|Stanford University|Tsinghua University|
    King's College London
""".replace("\n", " ").split("|")
OF_NATION = """
    Foreign Ministry|Defence Ministry|Interior Ministry|Air Force|Navy|Army|Supreme Court|Central Bank|
    Red Crescent|Football Federation|Space Agency|Coast Guard|National Guard|Parliament|Embassy|
    Trade Ministry|Olympic Committee
""".replace("\n", " ").split("|")
PERSONS = """
    Anna Kowalska|Li Wei|Sergei Ivanovich Melnikov|Mohammad Reza Karimi|Fatima al-Zahrani|
    Abu Omar al-Shami|Kim Min-jae|Nguyen Van Hai|Okonjo|Diallo|Jean-Pierre Mbeki|Maria del Carmen Ortiz|
    Ursula Lindqvist|Bin Salim|Ali Hassan Nasser|Recep Demir|Volodymyr Shevchuk|Zhang Yunfei|Xi Haoran|
    Park Ji-hoon|Narendra Joshi|Hafez Qasim|Yusuf al-Masri|Khalid bin Faisal|Haruto Yamada|
    Luis Inácio Prado|O'Donnell|McAllister|van der Berg|de la Cruz|Abdel Fattah Nour|Ibrahim Traore Kone|
    Tsai Mei-ling|Ko Htun Aung|Aung Zaw|Sokha Chan|Joko Santoso|Ferdinand Reyes|Theresa Marsh|
    Will Hutchins|Will Carter|May Thornton|Chad Becker|Jordan Ellis|Georgia Wells|Mark Price|
    Grant Fisher|Rich Holt|Christian Weber|Frank Stone|Amer Haddad|Bashir al-Amin|Nouri al-Janabi|
    Mahmoud Abbasi|Ismail Haddadi|Yahya Darwish
""".replace("\n", " ").split("|")
LAST = """
    Kowalska|Melnikov|Karimi|al-Zahrani|Ortiz|Lindqvist|Demir|Shevchuk|Zhang|Park|Joshi|Yamada|Prado|
    O'Donnell|Marsh|Carter|Becker|Reyes|Haddad|Nasser|Kone|Diallo|Okonjo|Tsai|Santoso|Weber
""".replace("\n", " ").split("|")
PLACES = """
    Iran|Iraq|Syria|Turkey|Jordan|Georgia|Chad|Mali|Niger|Guinea|Ukraine|Russia|China|Taiwan|North Korea|
    South Korea|Japan|India|Pakistan|Saudi Arabia|United Arab Emirates|UAE|United States|U.S.|US|
    United Kingdom|UK|Britain|Burkina Faso|Côte d'Ivoire|Democratic Republic of the Congo|Sierra Leone|
    South Sudan|Bosnia and Herzegovina|Papua New Guinea|New Zealand|Sri Lanka|Myanmar|Gaza|Gaza Strip|
    West Bank|Golan Heights|Crimea|Donbas|Kharkiv|Kherson|Bakhmut|Nagorno-Karabakh|Kashmir|Xinjiang|
    Tibet|Hong Kong|South China Sea|Strait of Hormuz|Red Sea|Black Sea|Suez Canal|Tehran|Baghdad|Mosul|
    Raqqa|Aleppo|Deir ez-Zor|Khan Younis|Rafah|Jenin|Port Sudan|El Fasher|N'Djamena|Ouagadougou|
    Addis Ababa|Port-au-Prince|Buenos Aires|Washington|New York|Beijing|Moscow|Kyiv|Brussels|Geneva|Doha|
    Riyadh|Ankara|The Hague|Davos|Camp David|Guantanamo Bay|Silicon Valley|Middle East|Horn of Africa|
    Sahel|Central Asia|Balkans
""".replace("\n", " ").split("|")
NORPS = """
    Russian|Ukrainian|Iranian|Israeli|Palestinian|Chinese|Turkish|Syrian|Saudi|Egyptian|Indian|Pakistani|
    American|British|French|German|Japanese|North Korean|South Korean|Sudanese|Ethiopian|Malian|Chadian|
    Georgian|Jordanian|Kurdish|Shiite|Sunni|Republican|Democratic|Rohingya|Tutsi|Druze
""".replace("\n", " ").split("|")
FRAMES = """
    {L} ({O}) - {L} said on Monday that talks with the {O} had failed .
    {L}, March 4 ({O}) — The {O} has approved a loan for {L}.
    {L}/{L} — Officials of the {O} met the {N} foreign minister, {P}.
    {L}: Two soldiers were killed near {L}, the {O} said.
    Reporting by {P} in {L}; editing by {P}
    Reporting by {P} and {P}; Writing by {P}
    ({O})
    By {P}, {O}
    {P} is a correspondent of {O} in {L}.
    Photo: {P}/{O}
    Source: {O}
    The {O} declined to comment.
    The {O} and the {O} signed a memorandum in {L}.
    {O} said its office in {L} had been raided.
    A spokesman for the {O}, {P}, denied it.
    President {P} told the {O} that the army would stay.
    Prime Minister {P} arrived in {L} for talks with Chancellor {P}.
    Foreign Minister {P} and Secretary of State {P} will meet in {L}.
    The head of the {O}, General {P}, was dismissed.
    Mr {Q} said the {O} had no say in it.
    Ms {Q} works for {O}.
    {Q} accused the {O} of spying for {L}.
    "We will not leave," {Q} said.
    Sheikh {P} and Ayatollah {P} called for calm.
    The {R} said it had shot down a drone.
    {L}'s {O} rejected the offer.
    {L}’s {M} put its troops on alert.
    The {R} warned of retaliation.
    Fighters of {O} took the town of {L}.
    The {O} (formerly the {O}) split from {O} last year.
    The {O}-backed militia left {L}.
    {N} and {N} troops clashed near {L}.
    Shares of {O} fell after the {O} fined it.
    {O}, {O} and {O} have left {L}.
    According to {O}, the deal is worth 3 billion dollars.
    The {O} newspaper, citing two officials, named {P} as the envoy.
    {P}, an analyst at {O}, doubts it.
    {P} of {O} put the number at 40.
    In {L}, {L} and {L}, protesters burned flags.
    IS claimed the attack in {L}.
    {{IS|ORG}} claimed the attack on the {O}.
    {{IS|ORG}} fighters fled {L} after {{US|LOC}} strikes.
    WHAT IS THE {O} DOING IN {L}?
    THIS IS OUR LAND, SAYS {L}
    {{US|LOC}} forces left {L} in May.
    The {{US|LOC}} said it would help {L}.
    Help us, they asked, and let us go to {L}.
    {L} TELLS US NOTHING
    Will the {O} act?
    Will {L} pay?
    {{Will|PERSON}} told {{May|PERSON}} that the {O} was wrong.
    May they rest in peace.
    In May the {O} will meet in {L}.
    {{May|PERSON}} resigned after the vote in the {O}.
    Mrs {{May|PERSON}} flew to {L}.
    {{Chad|LOC}} recalled its ambassador from {L}.
    {{Chad|PERSON}} said he had never been to {{Chad|LOC}}.
    {{Jordan|LOC}} hosts refugees from {L}.
    {{Turkey|LOC}} and {{Georgia|LOC}} opened the border.
    We had turkey and rice in {L}.
    The polish on the table was {N}.
    March on {L}, they cried; in March they did.
    {{China|LOC}} sells china to {L}.
    The {{Polish|NORP}} government asked the {O} for help.
    Minister Warns {L} of New Sanctions
    {L} Votes as {O} Watches
    {L} and {L} Agree to Talks, {O} Says
    Here are the main points:
    - {L}: the {O} will pay the teachers.
    - {P} (born 1961) leads the {O}.
    1. The {O} withdraws from {L}.
    • The {O} opens an office in {L}.
    Q: What did the {O} tell {P}?
    {P}: The {O} knew nothing.
    Ambassador {P} left for {L} on a {O} flight.
    The {O}'s chief, {P}, and its lawyer {P} were held at {L}.
    The army, the police and the government said nothing.
    The president, the prime minister and the parliament of {L} agreed.
    The ministry and the agency declined to comment.
    Soldiers from the {{101st Airborne Division|ORG}} landed near {L}.
    The {{Fifth Fleet|ORG}} is based in {L}.
    {O} TV showed {P} in {L}.
""".strip().splitlines()


def choose(rng, key):
    """(name, kind) for a slot of a frame."""
    if key == "M":
        return rng.choice(OF_NATION).strip(), "ORG"
    if key == "R":
        return f"{rng.choice(NORPS).strip()} {rng.choice(OF_NATION).strip()}", "ORG"
    table, kind = {
        "O": (ORGS, "ORG"),
        "P": (PERSONS, "PERSON"),
        "Q": (LAST, "PERSON"),
        "L": (PLACES, "LOC"),
        "N": (NORPS, "NORP"),
    }[key]
    return rng.choice(table).strip(), kind


def filled(rng, frame):
    """(text, [(start, end, kind)]) of a frame with names in its slots."""
    text, names = "", []
    for part in re.split(r"(\{\{[^}]*\}\}|\{[A-Z]\})", frame.strip()):
        if part.startswith("{{"):
            name, kind = part[2:-2].split("|")
        elif part.startswith("{"):
            name, kind = choose(rng, part[1])
        else:
            text += part
            continue
        if not text.strip() and "—" in frame and kind == "LOC":
            name = name.upper()
        names.append((len(text), len(text) + len(name), kind))
        text += name
    return text, names


def own_records(nlp, number=1100, seed=0):
    """Records of a few such sentences each, their starts known, trees left open."""
    rng = random.Random(seed)
    for _ in range(number):
        record = {"words": [], "spaces": [], "ents": [], "sents": []}
        for frame in rng.sample(FRAMES, rng.randint(2, 5)):
            text, names = filled(rng, frame)
            words, spaces, starts = tokenized(nlp, text)
            record["sents"].append(len(record["words"]))
            for word, start in zip(words, starts, strict=True):
                inside = next((n for n in names if n[0] < start + len(word) and start < n[1]), None)
                tag = "O" if inside is None else f"{'B' if start <= inside[0] else 'I'}-{inside[2]}"
                record["ents"].append(tag)
            record["words"] += words
            record["spaces"] += [*spaces[:-1], True]
        yield record
