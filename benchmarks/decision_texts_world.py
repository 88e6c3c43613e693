# ruff: noqa: E501 - the texts keep their own line lengths and signs
"""Office forms in thirteen languages. `=== name | lang | documents | fields that vary in a series`."""

TEXTS = """
=== kita-bescheid | de | 14 | who.kind,who.elt,d.geb ; a.beitrag ; who.kind,d.geb ; d.start,opt0
Stadt Lindenau - Fachdienst Kindertagesbetreuung

{who.elt}
{street.elt}
{city.elt}

Aktenzeichen {n2.az}-{n5.az}    {d.brief}

Bescheid über die Aufnahme in eine Kindertageseinrichtung

Guten Tag {who.elt},

für Ihr Kind {who.kind}, geboren am {d.geb}, steht ab dem {d.start} ein Platz in der Kindertagesstätte {@kita} mit einem Umfang von {@std} Stunden wöchentlich zur Verfügung.
@@ kita: Kastanienhof|Regenbogen|Am Mühlbach|Spatzennest|Wirbelwind
@@ std: 25|35|45

Der Elternbeitrag beträgt monatlich {a.beitrag} Euro. Er ist jeweils zum Fünften eines Monats fällig und wird auch während der Schließzeiten erhoben. Das Mittagessen wird mit dem Anbieter gesondert abgerechnet.

[[Da ein Geschwisterkind bereits eine Einrichtung besucht, ermäßigt sich der Beitrag um die Hälfte; die Ermäßigung ist berücksichtigt.]]

Der Platz gilt als angenommen, wenn uns die beigefügte Erklärung innerhalb von zwei Wochen unterschrieben vorliegt. Vor der Aufnahme ist der Nachweis über den Masernschutz der Leitung der Einrichtung vorzulegen.

Rechtsbehelfsbelehrung: Gegen diesen Bescheid kann innerhalb eines Monats nach Bekanntgabe Widerspruch bei der Stadt Lindenau eingelegt werden.

Im Auftrag
{who.sb}

=== ordre-mission | fr | 14 | who.a,n4.no ; d.aller,d.retour ; @ville,@objet ; who.a,n4.no
@@ ville: Limoges|Périgueux|Bayonne|Rodez|Aurillac|Tulle
@@ objet: réunion du réseau régional|formation à la sécurité incendie|inspection d'un chantier|transport d'archives|entretien annuel du matériel de mesure
Centre de gestion de la Haute Vézère

ORDRE DE MISSION n° {n4.no}

M. / Mme {who.a}, {@grade}, est autorisé(e) à se rendre à {@ville} du {d.aller} au {d.retour} pour l'objet suivant : {@objet}.
@@ grade: technicien territorial|rédactrice|ingénieur|adjoint du patrimoine

Le déplacement s'effectue avec {@moyen}. Les frais de repas et d'hébergement sont remboursés selon le barème en vigueur, sur présentation des justificatifs, dans le délai de deux mois.
@@ moyen: le véhicule de service|le train, deuxième classe|le véhicule personnel, par nécessité de service

Une avance de {a.av} euros est accordée. L'agent rend compte de sa mission à son chef de service dans la semaine qui suit le retour.

La directrice,
Solange Peyrat

=== certificato-frequenza | it | 12 | who.s,d.nas ; n2.ore ; who.s,d.nas ; @corso,n2.ore
@@ corso: saldatura a filo|primo soccorso aziendale|contabilità di base|potatura degli olivi|conduzione di carrelli elevatori
Ente di formazione Valdarda

CERTIFICATO DI FREQUENZA

Si certifica che {who.s}, nato/a a {city.s} il {d.nas}, ha frequentato il corso di {@corso} della durata di {n2.ore} ore, svoltosi presso la nostra sede, e ha sostenuto la prova finale con esito positivo.

Il presente certificato è rilasciato in carta libera per gli usi consentiti dalla legge.

{city.ente}, {d.ril}

Il direttore
{who.dir}

=== recibo-renda | pt | 12 | m.ref,d.p ; m.ref,d.p ; who.inq,a.r ; m.ref
RECIBO DE RENDA

Recebi de {who.inq} a quantia de {a.r} euros, respeitante à renda do mês de {m.ref} do andar sito em {street.x}, {city.x}, inscrito na matriz sob o artigo {n4.art}.

O pagamento foi efetuado por transferência bancária. O presente recibo não confere quitação de rendas anteriores que se encontrem em dívida.

{city.x}, {d.p}

O senhorio
{who.s}

=== parkeervergunning | nl | 12 | who.b,L2.k,n3.k ; L2.k,n3.k ; d.v,d.t ; @zone,a.t
@@ zone: A1 Binnenstad|B2 Havenkwartier|C4 Stationsbuurt|D1 Westerpark
Gemeente Westerhaven, afdeling Parkeren

Geachte {who.b},

U hebt een parkeervergunning aangevraagd voor de auto met kenteken {L2.k}-{n3.k}-{L1.k}. Wij wijzen uw aanvraag toe. De vergunning geldt in zone {@zone} van {d.v} tot en met {d.t}.

U betaalt {a.t} euro per jaar. Het bedrag wordt in één keer van uw rekening afgeschreven. Verhuist u of verkoopt u de auto, geef dat dan binnen twee weken door; een vergunning die ten onrechte wordt gebruikt, trekken wij in.

Bent u het niet eens met dit besluit? Dan kunt u binnen zes weken bezwaar maken bij het college van burgemeester en wethouders.

Met vriendelijke groet,
{who.a}, medewerker vergunningen

=== zaswiadczenie-praca | pl | 12 | who.p,n5.ps ; a.w ; @stan,a.w ; who.p,n5.ps
@@ stan: magazynier|księgowa|operator frezarki|specjalista do spraw zakupów|kierowca
{firm.f}
{street.f}, {city.f}

ZAŚWIADCZENIE O ZATRUDNIENIU I WYNAGRODZENIU

Zaświadcza się, że {who.p}, PESEL {n6.ps}{n5.ps}, jest zatrudniony(-a) w naszej firmie od dnia {d.od} na czas nieokreślony, w pełnym wymiarze czasu pracy, na stanowisku: {@stan}.

Średnie miesięczne wynagrodzenie brutto z ostatnich trzech miesięcy wynosi {a.w} zł. Wynagrodzenie nie jest obciążone z tytułu wyroków sądowych ani innych tytułów. Pracownik nie znajduje się w okresie wypowiedzenia.

Zaświadczenie wydaje się na wniosek pracownika w celu przedłożenia w banku. Jest ważne trzydzieści dni.

{city.f}, {d.wyd}

=== tandlakare | sv | 10 | who.p,d.t ; who.p,d.t,t.t ; who.p ; d.t
Folktandvården {city.k}

Hej {who.p}!

Det är dags för undersökning. Du har fått tid {d.t} klockan {t.t} hos {who.t}. Beräknad kostnad är {a.k} kronor.

Passar inte tiden kan du boka om den senast dagen innan. För uteblivet besök tar vi ut en avgift. Ta med din medicinlista om du har en.

Välkommen!

=== hyoka-nouhin | ja | 12 | n6.no,d.n ; rows-hin-2-4,n6.no ; n6.no,d.n ; firm.k
@@ hin: 再生紙 A4 500枚|封筒 角2 100枚|ファイル 青|インクカートリッジ|付箋 四色|ラベルシート
納 品 書

番号  {n6.no}
納品日  {d.n}

{firm.k} 御中

下記のとおり納品いたしましたので、ご査収ください。

{rows-hin-2-4}

合計  {a.g} 円

お品物に不備がございましたら、一週間以内に担当の{who.t}までご連絡ください。

株式会社ひまわり事務機

=== huiyi-tongzhi | zh | 12 | d.h,t.h ; @yt,d.h ; d.h,who.z ; d.h,@dd,t.h
@@ yt: 上半年安全生产总结|年度预算编制|新系统上线培训|消防演练安排|供应商评审
@@ dd: 三楼会议室|一号会议厅|培训中心|办公楼二〇六室
会议通知

各部门负责人:

兹定于{d.h}{t.h}在{@dd}召开会议,议题为{@yt}。会议由{who.z}主持,预计两个小时。

请各部门负责人准时参加,不得无故缺席;确有特殊情况不能参加的,应提前一天向办公室请假,并委托一名同志代为参加。请参会人员提前准备书面材料,会前将手机调至静音。

联系人:{who.l}    电话:{n8.t}

综合办公室
{d.f}

=== laodong-hetong | zh | 8 | who.y,n6.id ; a.gz ; who.y,n6.id ; @gw,a.gz ; d.q
@@ gw: 仓库管理员|质检员|会计|设备维修工|客服专员
劳动合同书

甲方:青禾食品有限公司
乙方:{who.y}    身份证号后六位:{n6.id}

根据《中华人民共和国劳动法》和《中华人民共和国劳动合同法》,甲乙双方经平等协商,自愿签订本合同,共同遵守所列条款。

一、合同期限自{d.q}起,期限三年,其中试用期三个月。

二、乙方同意根据甲方工作需要,担任{@gw}工作。乙方应按照岗位职责的要求,按时完成规定的工作任务。

三、甲方安排乙方执行标准工时制度,每日工作不超过八小时,每周工作不超过四十小时。因生产需要加班的,甲方应依法支付加班工资或者安排补休。

四、乙方月工资为{a.gz}元,甲方于每月十日前以货币形式支付。试用期工资不低于该标准的百分之八十。

五、甲乙双方依法参加社会保险。乙方应缴纳的部分由甲方从工资中代扣代缴。

六、乙方应当保守甲方的商业秘密,包括配方、工艺、客户资料和价格。劳动关系终止后,该义务继续有效。

七、甲乙双方解除或者终止合同,应当按照法律规定办理。甲方应在解除或者终止时出具证明,并在十五日内办理档案和社会保险关系转移手续。

八、因履行本合同发生争议的,双方可以协商解决;协商不成的,可以向劳动争议仲裁委员会申请仲裁。

九、本合同一式两份,甲乙双方各执一份,自双方签字盖章之日起生效。

甲方(盖章)    乙方(签字)
{d.qian}

=== reklamace | cs | 10 | n6.c,d.p ; @vec,n6.c ; who.z,n6.c ; @vada
@@ vec: běžecké boty|turistický batoh|spací pytel|čelovka|stan pro dvě osoby
@@ vada: rozlepená podrážka|nefunkční zip|prasklý rám|šev propouští vodu
REKLAMAČNÍ PROTOKOL č. {n6.c}

Prodejna {city.x}, přijato dne {d.p}

Zákazník: {who.z}, telefon {n9.t}
Zboží: {@vec}, zakoupeno dne {d.k} za {a.c} Kč
Popis závady: {@vada}

Zákazník požaduje opravu, případně výměnu. O reklamaci rozhodneme nejpozději do třiceti dnů. O vyřízení budeme zákazníka informovat textovou zprávou. Zboží, které si zákazník nevyzvedne do šesti měsíců od vyrozumění, může být zlikvidováno.

Převzal: {who.p}

=== spravka-uchoba | ru | 12 | who.s,d.r ; who.s ; n3.no,d.v ; @fak,n1.k
@@ fak: исторический|механико-математический|химический|географический
Верхнекамский педагогический институт
СПРАВКА № {n3.no}

Дана {who.s}, {d.r} года рождения, в том, что он (она) действительно является студентом {n1.k} курса, факультет {@fak}, очной формы обучения.

Срок обучения: с {d.a} по {d.b}. Обучение осуществляется за счёт средств федерального бюджета.

Справка выдана для предъявления по месту требования. Срок действия справки шесть месяцев.

Декан факультета    {who.dekan}
{d.v}

=== kira-ihtar | tr | 8 | who.k,n2.d ; a.b,m.x ; m.x ; who.k
İHTARNAME

Sayın {who.k},
{street.k}, Daire {n2.d}, {city.k}

Kiracısı bulunduğunuz taşınmazın {m.x} ayına ait {a.b} lira tutarındaki kira bedeli bugüne kadar ödenmemiştir. Söz konusu borcun, bu yazının size ulaşmasından itibaren otuz gün içinde bilinen banka hesabına yatırılmasını rica ederiz. Aksi hâlde sözleşmenin feshi ve tahliye için yasal yollara başvurulacağını bildiririz.

Saygılarımızla,
{who.v}
{d.y}

=== storage-contract | en | 10 | who.c,street.c,city.c ; n3.unit ; a.rent ; who.c ; d.start,opt0 ; opt1
Brackenfield Self Storage
Terms of hire agreed with {who.c}

Hirer: {who.c}, {street.c}, {city.c}
Unit: {n3.unit}
Start: {d.start}
Charge: {a.rent} for every four weeks, in advance

1. What we provide. We provide the unit named above and access to it between six in the morning and ten at night on every day of the year. We do not take goods into our charge, we do not know what is stored, and nothing in these terms makes us a keeper of the goods.

2. What may not be stored. Food which can spoil, animals, plants, firearms, explosives, gas bottles, fuel, waste, anything stolen and anything which smells may not be stored. A unit in which we suspect such things may be opened by us together with the police or the fire service.

3. Locks. The hirer uses a lock of their own and keeps all its keys. Should a unit be found without a lock, we put one on and charge for it. If the hirer loses the keys, we cut the lock after seeing a passport and the card with which the first payment was made.

4. Payment. The charge is taken from the hirer's card on the first day of each period. A payment which fails is tried again after three days; the second failure costs twelve pounds. While anything is owed, access is blocked.

5. Our right to sell. When the charge has not been paid for eight weeks, we may, after two letters to the last known address with fourteen days between them, sell the goods at auction. What is left after our charges and the cost of the sale is held for the hirer for a year.

[[6. Insurance. The hirer has taken our insurance for goods up to five thousand pounds at the premium shown in the price list. Claims are made within seven days of the discovery of the loss.]]

[[7. Business goods. The hirer stores goods of a business, may have deliveries received at the front desk up to twenty-five kilograms each, and releases us from any duty to count or inspect them.]]

8. Price changes. We may change the charge once a year with four weeks' notice. A hirer who does not agree may leave at the end of the notice without paying the new charge.

9. Ending the hire. Either of us may end the hire with two weeks' notice. The unit is left empty and swept; what remains in it is thrown away at the hirer's cost. The deposit is returned within ten working days.

10. Liability. We are liable without limit where the law says so. Otherwise we are liable for loss caused by our negligence up to the value declared by the hirer, or two hundred pounds where none was declared.

Signed on {d.sign}
for Brackenfield Self Storage    the hirer
"""
