"""Generated office documents: templates with seeded records, and series differing in a field."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from decision_texts import TEXTS as FORMS
from decision_texts_i18n import TEXTS as FOREIGN
from decision_texts_long import TEXTS as LETTERS

if TYPE_CHECKING:
    import random

FIRST = {
    "en": "Alice Brian Chloe Dev Edith Farid Grace Hamish Imogen Joel Kerry Liam Maeve Noel Priya",
    "de": "Anke Bernd Claudia Detlef Elke Frank Gerda Holger Ines Jürgen Karin Lothar Maren Olaf",
    "fr": "Agnès Bruno Cécile Didier Élodie Fabrice Gaëlle Hugo Inès Julien Laure Mathieu Noémie",
    "es": "Alba Bruno Carmen Diego Elena Félix Gloria Hugo Inés Jaime Lucía Marcos Nuria Óscar",
    "zh": "伟 芳 娜 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 霞",
}
LAST = {
    "en": "Abbott Barlow Chandra Dunmore Ellery Fenwick Goddard Hollis Irving Kettle Lomax Merton "
    "Nyland Osei Prentice Quill Rowntree Sefton Tanner Underhill Voss Wardle",
    "de": "Ahlers Brandt Cordes Dierks Eggers Fuhrmann Grote Hansen Imhoff Jacobs Kruse Lüders "
    "Meinecke Niemann Oltmanns Petersen Rabe Sievers Thomsen Ufer Vogel Wichmann",
    "fr": "Aubert Bonnet Carlier Duval Evrard Faure Garnier Huet Imbert Jacquet Lemoine Marchand "
    "Noël Olivier Perrin Renard Sauvage Tessier Vasseur",
    "es": "Aguilar Benítez Cano Delgado Esteban Fuentes Garrido Herrero Ibáñez Jurado Lozano "
    "Molina Navarro Ortega Pascual Quintana Rubio Soler Vidal",
    "zh": "王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭",
}
STREET = {
    "en": "Mill Lane|Station Road|Orchard Close|Tower Street|Quay Side|Hill Top|Park Row|Kiln",
    "de": "Lindenstr.|Am Markt|Hafenweg|Schulstr.|Bergstr.|Mühlenweg|Gartenstr.|Kirchplatz",
    "fr": "rue des Lilas|avenue Foch|rue du Port|place du Marché|rue Pasteur|quai Sud|rue Haute",
    "es": "calle Mayor|avenida del Mar|calle del Olmo|plaza Nueva|calle Real|paseo del Río",
    "zh": "人民路|解放路|中山路|建设街|和平路|新华街|文化路",
}
CITY = {
    "en": "Barrowfield|Easthaven|Kingsmouth|Norbridge|Stonely|Wexcombe|Thornaby|Ashwick",
    "de": "Altenrode|Birkenfeld|Neuhafen|Osterwiek|Sundhagen|Wesselburg|Tannrode",
    "fr": "Beaumont|Clairvaux|Montferrand|Saint-Aubin|Villeneuve|Rochefort",
    "es": "Almenara|Benalta|Castroverde|Miraflores|Puertollano|Valdemar",
    "zh": "南州市|东川市|江平市|海宁市|西岭市|临河市",
}
COMPANY = {
    "en": "Aldgate Bram Corvo Dunlin Estuary Falcon Granite Hazel Iron Juniper Kestrel Larch",
    "de": "Adebar Bussard Deichland Elbufer Feldmann Geest Heidekraut Kranich Nordlicht Wattwerk",
    "fr": "Alizé Bocage Cigogne Dauphin Escale Falaise Galet Horizon Lavande Mistral",
    "es": "Alameda Brisa Cigüeña Duero Encina Faro Girasol Levante Olivar Poniente",
    "zh": "宏达 东升 华瑞 金桥 天源 新锐 永安 智联 中科 远洋",
}
SECTOR = {
    "en": "Trading|Foods|Systems|Homes|Tools|Transport",
    "de": "Technik|Handel|Bau|Verlag",
    "fr": "Distribution|Conseil|Bois|Textiles",
    "es": "Servicios|Obras|Alimentos|Motor",
    "zh": "科技|贸易|建材|电子",
}
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre",
}


@dataclass(frozen=True)
class Template:
    """One form with its pools of words and the fields a series changes."""

    name: str
    lang: str
    count: int
    vary: list[list[str]]
    text: str
    pools: dict[str, list[str]] = field(default_factory=dict)


def parse(source: str) -> list[Template]:
    out = []
    for part in re.split(r"(?m)^=== ", source)[1:]:
        head, _, body = part.partition("\n")
        name, lang, count, vary = [x.strip() for x in head.split("|")]
        pools = {m[1]: m[2].split("|") for m in re.finditer(r"(?m)^@@ (\w+): (.*)$", body)}
        body = re.sub(r"(?m)^@@ .*\n", "", body).strip() + "\n"
        alts = [[k.strip() for k in a.split(",")] for a in vary.split(";")]
        out.append(Template(name, lang, int(count), alts, body, pools))
    return out


def templates() -> list[Template]:
    return parse(FORMS) + parse(LETTERS) + parse(FOREIGN)


class Filler:
    """Draws the values of one template; `sticky` values (with !) stay the same in all documents."""

    def __init__(self, tpl: Template, rng: random.Random) -> None:
        """Seeded by the caller."""
        self.tpl, self.rng, self.lang = tpl, rng, tpl.lang
        self.sticky: dict[str, str] = {}
        self.keys = list(dict.fromkeys(re.findall(r"\{([^{}]+)\}", tpl.text)))

    def record(self) -> dict[str, str]:
        """All fields of one document."""
        rec: dict[str, str] = {}
        for key in self.keys:
            if "!" in key:
                rec[key] = self.sticky.setdefault(key, self.draw(key))
            elif key == "items":
                self.items(rec)
        for key in self.keys:
            if key not in rec:
                rec[key] = self.unlike(key, rec)
        return rec

    def unlike(self, key: str, rec: dict[str, str]) -> str:
        """A value no other field of this kind has: two people are not called the same."""
        kind = re.split(r"[.!]", key)[0]
        taken = {v for k, v in rec.items() if re.split(r"[.!]", k)[0] == kind}
        value = self.draw(key)
        for _ in range(20):
            if value not in taken:
                break
            value = self.draw(key)
        return value

    def sibling(self, rec: dict[str, str]) -> tuple[dict[str, str], int]:
        """The record with the fields of one alternative drawn again, and how many these are."""
        alts = [a for a in self.tpl.vary if a != ["free"]]
        if not alts:
            return self.record(), 99
        keys, new = self.rng.choice(alts), dict(rec)
        for key in keys:
            while new.get(key) == rec.get(key):
                if key == "items":
                    self.items(new)
                else:
                    new[key] = self.unlike(key, {k: v for k, v in new.items() if k != key})
        return new, 99 if "items" in keys else len(keys)

    def render(self, rec: dict[str, str]) -> str:
        """The text with the fields filled in."""
        return re.sub(r"\{([^{}]+)\}", lambda m: rec[m[1]], self.tpl.text)

    def items(self, rec: dict[str, str]) -> None:
        """Rows of quantity, article and price, with their totals."""
        rows, total = [], 0
        for what in self.rng.sample(self.tpl.pools["items"], self.rng.randint(2, 6)):
            n, price = self.rng.randint(1, 12), self.rng.randint(199, 24999)
            total += n * price
            rows.append(f"{n:>3}  {what:<34}{self.money(price):>10}{self.money(n * price):>12}")
        rate = {"en": 20, "de": 19, "fr": 20, "es": 10, "zh": 13}[self.lang]
        rec["items"], rec["net"] = "\n".join(rows), self.money(total)
        rec["vat"], rec["gross"] = (
            self.money(total * rate // 100),
            self.money(total + total * rate // 100),
        )

    def money(self, cents: int) -> str:
        """Cents in the notation of the country."""
        plain = f"{cents / 100:,.2f}"
        if self.lang in ("de", "es"):
            return plain.translate(str.maketrans(",.", ".,"))
        return plain.replace(",", " ").replace(".", ",") if self.lang == "fr" else plain

    def draw(self, key: str) -> str:
        """One value of the kind named before the dot of the key."""
        kind, rng = re.split(r"[.!]", key)[0], self.rng
        if kind.startswith("@"):
            return rng.choice(self.tpl.pools[kind[1:]])
        if m := re.fullmatch(r"([nAdv])(\d)", kind):
            return self.code(m[1], int(m[2]))
        return str(getattr(self, "_draw_" + kind)())

    def code(self, kind: str, n: int) -> str:
        """Random digits, letters, a decimal or a version."""
        rng = self.rng
        if kind == "n":
            return str(rng.randint(10 ** (n - 1), 10**n - 1))
        if kind == "A":
            return "".join(rng.choice("ABCDEFGHKLMNPRSTUVWX") for _ in range(n))
        if kind == "v":
            return f"{rng.randint(0, 5)}.{rng.randint(0, 19)}.{rng.randint(0, 9)}"
        value = f"{rng.uniform(3, 9.9):.1f}" if n == 1 else f"{rng.uniform(0.1, 16):.1f}"
        return value if self.lang == "en" else value.replace(".", ",")

    def _draw_name(self) -> str:
        first, last = (
            self.rng.choice(FIRST[self.lang].split()),
            self.rng.choice(LAST[self.lang].split()),
        )
        return last + first if self.lang == "zh" else f"{first} {last}"

    def _draw_company(self) -> str:
        a = self.rng.choice(COMPANY[self.lang].split())
        b = self.rng.choice(SECTOR[self.lang].split("|"))
        return a + b if self.lang == "zh" else f"{a} {b}"

    def _draw_street(self) -> str:
        name, n = self.rng.choice(STREET[self.lang].split("|")), self.rng.randint(1, 180)
        return {"zh": f"{name}{n}号", "de": f"{name} {n}", "es": f"{name}, {n}"}.get(
            self.lang, f"{n} {name}"
        )

    def _draw_city(self) -> str:
        name, n = self.rng.choice(CITY[self.lang].split("|")), self.rng.randint(10000, 98999)
        return (
            name
            if self.lang == "zh"
            else f"{name} {n % 97}"
            if self.lang == "en"
            else f"{n} {name}"
        )

    def _draw_date(self) -> str:
        d, m, y = self.rng.randint(1, 28), self.rng.randint(1, 12), self.rng.randint(2019, 2025)
        if self.lang == "zh":
            return f"{y}年{m}月{d}日"
        style = sum(map(ord, self.tpl.name)) % 3
        if style == 0:
            return f"{d:02}.{m:02}.{y}" if self.lang == "de" else f"{d:02}/{m:02}/{y}"
        name = MONTHS[self.lang].split()[m - 1]
        dot = "." if self.lang == "de" else ""
        return f"{y}-{m:02}-{d:02}" if style == 1 and self.lang == "en" else f"{d}{dot} {name} {y}"

    def _draw_month(self) -> str:
        m, y = self.rng.randint(1, 12), self.rng.randint(2022, 2025)
        return f"{y}年{m}月" if self.lang == "zh" else f"{MONTHS[self.lang].split()[m - 1]} {y}"

    def _draw_time(self) -> str:
        return f"{self.rng.randint(8, 19)}:{self.rng.choice(['00', '15', '30', '45'])}"

    def _draw_amt(self) -> str:
        return self.money(
            self.rng.choice([self.rng.randint(900, 99999), self.rng.randint(40000, 480000)])
        )

    def _draw_iban(self) -> str:
        return f"XX{self.rng.randint(10, 99)} " + " ".join(self.code("n", 4) for _ in range(4))

    def _draw_phone(self) -> str:
        return f"0{self.code('n', 3)} {self.code('n', 6)}"
