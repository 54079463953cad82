"""Other names in place of a sentence's own, so that the name finder learns contexts more than words."""

PERSONS_FIRST = """
    John Maria Ahmed Wei Elena David Sarah Yuki Fatima Ivan Anna Omar Laura Peter Nadia Carlos Amira
    Thomas Min Olga Hassan Julia Ravi Grace Pavel Leila Marcus Sofia Daniel Aisha Vladimir Emmanuel
    Volodymyr Recep Narendra Xi Bashar Benjamin Mahmoud Ali Mohammed Abdullah Angela Boris Theresa
    Keir Donald Joe Kamala Marco Antony Sergei Wang Kim Shinzo Yoon Justin Luiz Javier Gustavo
    Nicolas Cyril Paul Bola Abiy William Helen Chinua Ngozi Samantha Lloyd Janet Scott Christine
    Kristalina Ursula Josep Jens Rafael Antonio Ban Kofi Lindsey Nancy Mitch Chuck Hillary
""".split()
PERSONS_LAST = """
    Smith Garcia Khan Zhang Petrova Miller Cohen Tanaka Rahman Novak Schmidt Haddad Rossi Kim Silva
    Mensah Ali Kowalski Dubois Larsen Okafor Nguyen Hoffman Martin Jones Baker Singh Ortiz Weber
    Lindqvist Putin Macron Zelensky Erdogan Modi Jinping Netanyahu Abbas Khamenei Merkel Johnson
    Starmer Trump Biden Harris Rubio Blinken Lavrov Yi Abe Trudeau Lula Milei Petro Maduro Ramaphosa
    Kagame Tinubu Ahmed Ruto Yellen Bessent Lagarde Georgieva Borrell Stoltenberg Grossi Guterres
    Annan Graham Pelosi McConnell Clinton Kerry Powell Rice Gates Mattis Austin Hegseth Orban Scholz
    Meloni Sunak Cameron Hammond Lukashenko Aliyev Pashinyan Sisi Raisi Zarif Rouhani Pezeshkian
""".split()
PLACES = [
    """
    Iran Iraq Israel Russia Ukraine China Taiwan Japan India Pakistan Afghanistan Syria Lebanon
    Jordan Egypt Libya Tunisia Algeria Morocco Sudan Ethiopia Eritrea Somalia Kenya Uganda Rwanda
    Congo Nigeria Mali Niger Chad Cameroon Ghana Senegal Angola Zambia Zimbabwe Mozambique Namibia
    Botswana Madagascar Turkey Greece Cyprus Italy France Germany Spain Portugal Belgium Netherlands
    Denmark Norway Sweden Finland Estonia Latvia Lithuania Poland Belarus Moldova Romania Bulgaria
    Serbia Kosovo Bosnia Croatia Slovenia Hungary Austria Slovakia Georgia Armenia Azerbaijan
    Kazakhstan Uzbekistan Tajikistan Kyrgyzstan Turkmenistan Mongolia Nepal Bangladesh Myanmar
    Thailand Laos Cambodia Vietnam Malaysia Singapore Indonesia Philippines Australia Canada Mexico
    Guatemala Honduras Nicaragua Panama Cuba Haiti Jamaica Colombia Venezuela Ecuador Peru Bolivia
    Chile Argentina Paraguay Uruguay Brazil Yemen Oman Qatar Bahrain Kuwait Moscow Beijing Tehran
    Baghdad Kabul Cairo Geneva Brussels Ankara Riyadh Jerusalem Kyiv Odesa Kharkiv Warsaw Vienna
    Rome Madrid Nairobi Abuja Damascus Aleppo Beirut Amman Doha Dubai Manila Jakarta Hanoi Bangkok
    Islamabad Karachi Delhi Mumbai Dhaka Colombo Canberra Ottawa Havana Caracas Khartoum Tripoli
    Washington London Paris Berlin Tokyo Seoul Pyongyang Taipei Gaza Rafah Crimea Donetsk Mariupol
    Darfur Tigray Kashmir Tibet Xinjiang Africa Asia Europe America U.S. US UK UAE Idlib Homs Raqqa
    Erbil Basra Sanaa Aden Hodeidah Benghazi Goma Lagos
    """.split(),
    [
        row.split()
        for row in """
    Saudi Arabia / North Korea / South Korea / New Zealand / South Africa / South Sudan / Sri Lanka
    / Costa Rica / El Salvador / Burkina Faso / Sierra Leone / Ivory Coast / United States /
    United Kingdom / New York / Hong Kong / West Bank / Gaza Strip / Khan Younis / Tel Aviv /
    Red Sea / Black Sea / Persian Gulf / Middle East / Latin America / Eastern Europe / Kuala Lumpur
    / Addis Ababa / Abu Dhabi / Port Sudan / Golan Heights / Nagorno Karabakh / Central Asia /
    New Delhi / Los Angeles / White House / San Francisco / Buenos Aires
    """.split("/")
    ],
]
BODIES = [
    """
    NATO Hamas Hezbollah Reuters Pentagon Kremlin Congress Parliament Senate Knesset UN EU OPEC
    ASEAN IAEA Interpol UNICEF UNESCO WHO IMF OSCE ECOWAS BRICS Gazprom Rosneft Huawei Boeing Airbus
    Lockheed Google Microsoft Apple BBC CNN Xinhua TASS Taliban ISIS ISIL Daesh SDF PKK YPG IRGC CIA
    FBI Mossad FSB Treasury Cabinet Commission Frontex Wagner Lukoil Sinopec Aramco Maersk
    Greenpeace Amnesty Oxfam Fatah Likud Politburo Duma Bundestag Fed Coalition Council
    """.split(),
    [
        row.split()
        for row in """
    World Bank / Fox News / Red Cross / Supreme Court / European Union / United Nations /
    African Union / Arab League / Security Council / Al Jazeera / Associated Press /
    State Department / Justice Department / Treasury Department / Defense Ministry /
    Foreign Ministry / Interior Ministry / Finance Ministry / European Commission /
    European Parliament / European Council / Central Bank / Federal Reserve / General Assembly /
    Communist Party / Labour Party / Republican Party / Democratic Party / Islamic Jihad /
    Islamic State / Muslim Brotherhood / Wagner Group / Revolutionary Guards / Royal Navy /
    Air Force / Coast Guard / Home Office / Foreign Office / Downing Street / Boko Haram /
    Al Shabaab / Deutsche Bank / Goldman Sachs
    """.split("/")
    ],
    [
        row.split()
        for row in """
    Israel Defense Forces / International Monetary Fund / World Health Organization /
    World Trade Organization / International Criminal Court / Syrian Democratic Forces /
    Rapid Support Forces / Doctors Without Borders / Human Rights Watch / UN Security Council /
    International Energy Agency / Asian Development Bank / European Central Bank / New York Times /
    Wall Street Journal / National Security Council / Central Intelligence Agency /
    Gulf Cooperation Council / Islamic Revolutionary Guard / Ministry of Defense /
    Ministry of Finance / Department of State / Bank of England / League of Nations /
    Council of Europe
    """.split("/")
    ],
]
PEOPLES = """
    Iranian Iraqi Israeli Russian Ukrainian Chinese Taiwanese Japanese Indian Pakistani Afghan
    Syrian Lebanese Jordanian Egyptian Libyan Tunisian Algerian Moroccan Sudanese Ethiopian Somali
    Kenyan Ugandan Rwandan Congolese Nigerian Turkish Greek Italian French German Spanish Dutch
    Danish Norwegian Swedish Finnish Estonian Polish Belarusian Romanian Bulgarian Serbian Croatian
    Hungarian Austrian Georgian Armenian Azerbaijani Kazakh Uzbek Mongolian Nepalese Bangladeshi
    Burmese Thai Cambodian Vietnamese Malaysian Indonesian Filipino Australian Canadian Mexican
    Guatemalan Cuban Haitian Colombian Venezuelan Peruvian Chilean Argentine Brazilian Yemeni Omani
    Qatari American British European African Asian Arab Kurdish Palestinian Sunni Shia Muslim
    Christian Jewish Catholic Druze
""".split()


def other_name(label, length, rng):
    """Words of another name with that label and length, or None."""
    if label == "PERSON" and length <= 2:
        return [rng.choice(PERSONS_FIRST), rng.choice(PERSONS_LAST)][2 - length :]
    if label == "NORP" and length == 1:
        return [rng.choice(PEOPLES)]
    lists = {"LOC": PLACES, "ORG": BODIES}.get(label, [])
    if length > len(lists):
        return None
    found = rng.choice(lists[length - 1])
    return [found] if isinstance(found, str) else list(found)


def replaced(tokens, rng, share=0.45):
    """Put other names of the same length into a sentence, here and there; the tree stays as it is."""
    start = 0
    while start < len(tokens):
        tag = tokens[start]["ent"] or ""
        end = start + 1
        if not tag.startswith("B-"):
            start = end
            continue
        while end < len(tokens) and (tokens[end]["ent"] or "").startswith("I-"):
            end += 1
        name = tokens[start:end]
        plain = all(t["word"].replace(".", "").isalnum() and t["word"][:1].isupper() for t in name)
        plural = name[-1]["tag"] == "NNPS" or (tag == "B-NORP" and name[-1]["word"].endswith("s"))
        if plain and not plural and rng.random() < share:
            words = other_name(tag[2:], end - start, rng)
            loud = all(t["word"].isupper() and len(t["word"]) > 4 for t in name)
            for token, word in zip(name, words or (), strict=bool(words)):
                token["word"] = token["lemma"] = word.upper() if loud else word
        start = end
    return tokens
