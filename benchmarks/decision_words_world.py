# ruff: noqa: E501 - word pools
"""Names, places, months and kinds of company for the office forms in thirteen languages."""

FIRMS = "Arvento Belmora Castrix Dovelin Exarva Fjellby Gorsedd Hexal Ivarum Jorvik Kestrane Lumora Merovin Noctra Orvalle Pentagast Quorn Rivello Sundaria Tarvos"
PEOPLE = {
    "en": (
        "Abigail Callum Deirdre Everett Felicity Gareth Honor Ivor Jocelyn Kit Leonie Magnus",
        "Aldersey Bickerstaff Crowther Dimmock Earnshaw Fothergill Gedding Hebblewhite Inskip Kershaw Lathbury Mossop",
    ),
    "de": (
        "Almut Burkhard Cornelia Dietmar Edda Falk Gesine Hauke Isolde Jannik Katrin Lorenz",
        "Achterberg Bröker Czerny Dornseif Eickhoff Flörke Gödecke Hülsmann Junghans Klöpper Lammert Mönnich",
    ),
    "fr": (
        "Aurore Baptiste Clotilde Damien Estelle Fabien Gisèle Hervé Isaure Joël Karine Ludovic",
        "Abadie Bourdin Chassagne Delmas Escande Fabre Gaillard Hourcade Issartel Jouve Laborie Marty",
    ),
    "it": (
        "Agnese Bruno Cinzia Dario Elisa Fabrizio Giada Ivano Lidia Marcello Nadia Orazio",
        "Allegri Bassani Cattaneo Donati Ercoli Fabbri Guidi Lombardo Marchetti Nardi Orsini Pellegrini",
    ),
    "pt": (
        "Adelaide Bento Catarina Duarte Eunice Firmino Graça Henrique Inês Jorge Lurdes Mário",
        "Abrantes Bernardes Cardoso Dinis Esteves Figueira Guerreiro Horta Junqueira Lobo Meireles Nogueira",
    ),
    "nl": (
        "Annelies Bram Carlijn Diederik Elsbeth Floris Geertje Hidde Ilse Jurre Katelijne Lourens",
        "Achterhof Bijlsma Cramer Dijkema Elzinga Feenstra Goosens Hoekstra Jorritsma Kuipers Lansink Mulder",
    ),
    "pl": (
        "Agnieszka Bartosz Celina Dominik Elżbieta Filip Grażyna Hubert Iwona Jacek Kinga Leszek",
        "Adamska Borowik Cichocki Drozd Fabian Górny Herman Jabłoń Kalisz Lasota Majchrzak Nawrot",
    ),
    "sv": (
        "Agneta Bertil Cecilia Dag Elin Folke Gunilla Hampus Ingela Jesper Klara Ludvig",
        "Almqvist Bengtsson Cederlund Dahlgren Edström Forslund Granath Hallberg Isaksson Jernberg Kjellin Lundblad",
    ),
    "cs": (
        "Alena Bohumil Daniela Evžen Hana Ivo Jitka Karel Lenka Miloš Naděžda Otakar",
        "Bareš Čapek Doležal Fiala Havlík Jelen Kadlec Lukeš Moravec Novotný Pokorný Říha",
    ),
    "tr": (
        "Ayşe Burak Canan Deniz Elif Ferhat Gülşen Hakan İpek Kemal Leyla Murat",
        "Acar Bozkurt Çelik Demirel Erdem Güneş Işık Kaplan Özkan Polat Sezer Tekin",
    ),
    "ru": (
        "Алевтина Борис Вера Геннадий Дарья Егор Жанна Захар Ирина Кирилл Людмила Максим",
        "Афанасенко Белых Вдовиченко Гончар Дубровских Живаго Зимних Карпенко Лысенко Мороз Недогода Пилипенко",
    ),
    "zh": (
        "建国 秀兰 志远 雨桐 文博 丽华 晓峰 思琪 国栋 玉珍 浩然 佳怡",
        "沈 韩 曹 彭 曾 萧 田 董 潘 袁 蔡 余",
    ),
    "ja": (
        "健太 美咲 大輔 陽子 翔 恵子 拓也 真由美 誠 由紀 隆 千尋",
        "渡辺 小林 加藤 吉田 山田 松本 井上 木村 清水 斎藤 池田 橋本",
    ),
}
PLACES = {
    "en": "Bramcote|Cawthorne|Dunsop|Eskmouth|Fenny Marsh|Garside|Hollinwell|Inverkeld",
    "de": "Ahlbeck|Burgstädt|Dornum|Eschwege|Friesoythe|Gnoien|Havelberg|Ilsenburg",
    "fr": "Ambazac|Brassac|Cazères|Domme|Eymet|Figeac|Gramat|Lauzerte",
    "it": "Adria|Bobbio|Cividale|Dronero|Esine|Fermo|Gubbio|Lodi",
    "pt": "Alcobaça|Bombarral|Caminha|Elvas|Fundão|Golegã|Lousã|Mértola",
    "nl": "Appelscha|Borculo|Culemborg|Dokkum|Emmeloord|Franeker|Grave|Hattem",
    "pl": "Augustów|Biskupin|Chełmno|Drawno|Ełk|Frombork|Giżycko|Łowicz",
    "sv": "Arboga|Borgholm|Eksjö|Falköping|Gränna|Hjo|Kumla|Lidköping",
    "cs": "Aš|Beroun|Chrudim|Domažlice|Hodonín|Jičín|Litomyšl|Náchod",
    "tr": "Akhisar|Bodrum|Çeşme|Datça|Edremit|Fethiye|Gemlik|Ilgaz",
    "ru": "Арзамас|Бирск|Валдай|Галич|Елабуга|Зарайск|Кашин|Мышкин",
    "zh": "长宁路|西园街|滨河道|学府路|青年街|新华巷|桂花里",
    "ja": "緑町|桜台|本町|川端|若葉町|港北|栄町",
}
STREETS = {
    "en": "{n} Weavers Row|{n} Chapel Brow|{n} Tithe Lane|{n} Foundry Street",
    "de": "Töpfergasse {n}|Am Wehr {n}|Ziegelweg {n}|Brunnenstraße {n}",
    "fr": "{n}, rue du Lavoir|{n}, chemin Vert|{n}, rue des Forges|{n}, place du Foirail",
    "it": "via Garzoni, {n}|via del Mulino, {n}|piazza Vecchia, {n}",
    "pt": "Rua do Moinho, {n}|Travessa da Fonte, {n}|Largo do Forno, {n}",
    "nl": "Kerkpad {n}|Molenstraat {n}|Achterom {n}",
    "pl": "ul. Młyńska {n}|ul. Krótka {n}|ul. Podgórna {n}",
    "sv": "Kvarngatan {n}|Smedjevägen {n}|Hamnplan {n}",
    "cs": "Mlýnská {n}|Na Kopci {n}|U Lávky {n}",
    "tr": "Değirmen Sok. No: {n}|Liman Cad. No: {n}",
    "ru": "ул. Мельничная, д. {n}|ул. Садовая, д. {n}|пер. Кузнечный, д. {n}",
    "zh": "{n}号|{n}号院",
    "ja": "{n}丁目|{n}番地",
}
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}
KINDS = {
    "en": "Ltd|plc|LLP",
    "de": "GmbH|KG|AG",
    "fr": "SARL|SAS",
    "it": "S.r.l.|S.p.A.",
    "pt": "Lda.|S.A.",
    "nl": "B.V.",
    "pl": "sp. z o.o.",
    "sv": "AB",
    "cs": "s.r.o.|a.s.",
    "tr": "Ltd. Şti.",
    "ru": "ООО|АО",
    "zh": "有限公司",
    "ja": "株式会社",
}
