# ruff: noqa: E501 - the texts keep their own line lengths and signs
"""Letters, contracts and rules in stages: `{1-2:old|3-:new}`, or `@3- ` before a paragraph."""

TEXTS = """
=== ferry-complaint | en | 4 | Harriet Coombe,Coombe
{1-2:Complaint about the ferry|3-:Complaint about the crossing on 9 August and request for compensation}

Dear Sir or Madam,

On 9 August my family and I were booked on the 14.10 ferry from Scarness to the island of Hallay. We were at the terminal {1:an hour early|2-:at ten past one, as your ticket asks}. The ship left at half past seven in the evening. For more than six hours nobody {1-2:told us anything|3-:from your company gave us any information, although three members of staff were present at the ticket window}.

@1-1 I think this is a disgrace and I will tell everyone I know.

@2- My mother, who is eighty-one and needs a wheelchair, spent the afternoon on a bench without shade. When I asked for a room with a chair I was told that the lounge was reserved for holders of a season ticket. There was no water; the kiosk had closed at two.

@3- We missed the last bus on the island and had to take a taxi to the guest house. The receipt for 46.50 pounds is enclosed. The guest house charged us for the dinner which we had ordered and could not eat; that receipt (71 pounds) is enclosed as well.

I ask you to {1-2:give us our money back|3:refund the four tickets and both receipts|4-:refund the four tickets (112 pounds) and both receipts within thirty days}, and to let me know what you will do so that people who cannot walk far are not left in the sun again.

@4- If I do not hear from you by the end of September I will take the matter to the passenger ombudsman.

Yours faithfully,
Harriet Coombe

=== library-rules | en | 5 |
Rules for the use of the village reading room

1. The reading room is open to everybody who lives in the parish{1-2: and has paid the yearly fee of five pounds|3-:. Nothing is charged}. It is {1-3:open on Tuesday and Friday from four to seven|4-:open every day from nine in the morning until eight in the evening; the door locks itself}.

2. Books may be taken home for four weeks. Whoever takes a book {1-2:writes it in the ledger on the table|3-:scans it at the desk or, if the machine is out of order, writes it in the ledger on the table}. A book for which somebody is waiting cannot be kept longer.

@1-2 3. Newspapers stay in the room. Cutting out articles is theft.

@3- 3. Newspapers and the atlas stay in the room. Copies can be made for ten pence a page.

4. Children under ten come with a grown-up. {2-:Homework club meets on Wednesday after school; during that time the large table is theirs.}

@2- 5. The stove is lit by the steward and by nobody else. Ashes are carried out the next morning, when they are cold.

@3- 6. Food is welcome at the small table by the window, not at the shelves. Please wash up.

@4- 7. The computers may be used for one hour when others are waiting. What is searched for is nobody's business, with the exception of what the law forbids.

@5- 8. These rules are reviewed at the spring meeting. The committee may close the room to a person who breaks them repeatedly, for up to three months; that person is heard first.

{1-4:The reading room committee|5-:Agreed at the spring meeting. For the reading room committee: the chair and the steward}

=== orchard-loan | en | 3 | Bellweather Orchards,Miriam Astley
{1:Agreement about the cider press|2-:Agreement for the loan of a cider press}

Between Bellweather Orchards (the lender) and Miriam Astley (the borrower) it is agreed that the lender hands over one hydraulic cider press with two cheeses, a set of cloths and a mill, {1:in good condition|2-:cleaned, oiled and tested in the presence of the borrower}, for the season from 1 September to 30 November.

The borrower keeps the press under a roof, cleans it after every day of pressing and does not lend it on. {2-:Cloths that tear in ordinary use are replaced by the lender; a broken frame, cracked basin or burnt motor is paid for by the borrower at the price of the repair.}

{1:The borrower gives the lender a tenth of the juice.|2:For the use the borrower gives the lender one tenth of the juice pressed, in bottles, before Christmas.|3-:For the use the borrower pays 180 pounds in two halves, on the day of the handover and on the last day of the season; nothing is owed in juice.}

@3- Should the harvest fail because of frost or hail, so that less than half a tonne of apples is pressed, the second half of the price is not due.

Either side may end the agreement with two weeks' notice if the other does not keep to it. {2-:Changes to the agreement are made in writing. The press remains the property of the lender throughout.}

=== school-phone-policy | en | 1 |
Mobile phones at Fairlop School

Phones are switched off and in the bag from the first bell to the last. A pupil who has to be reached for a medical reason keeps the phone at the office. Teachers may allow phones for a task in class, and say so in the lesson plan. The first time a phone is seen it is put into an envelope and handed back after school; the second time a parent collects it. We do not search bags. Photographs and recordings of other people on the school grounds are not allowed, whether or not they are posted anywhere. The policy was written together with the pupils' council, who asked for one exception which we granted: on the last day of term phones may be used in the yard.

=== school-bike-policy | en | 1 |
Bicycles and scooters at Fairlop School

Pupils who cycle to school walk their bicycles from the gate to the stands. A helmet is worn on the road; the school cannot check this and asks parents to. Scooters are folded and kept on the rack in the corridor. The stands are covered by a camera, but the school does not pay for theft or damage; an engraving day is held with the police every October. Pupils in years three and four may cycle alone after passing the road test in May. Electric scooters are not allowed on the site at all, since the insurer excludes them.

=== imkerei-satzung | de | 5 |
{1-2:Satzung des Imkervereins|3-:Satzung des Imkervereins Unteres Wiesental e. V.}

§ 1 Der Verein führt den Namen Imkerverein Unteres Wiesental {1-2:und soll eingetragen werden|3-:und ist in das Vereinsregister eingetragen}. Sitz des Vereins ist {1:Hasel|2-:Maulburg}. Das Geschäftsjahr ist das Kalenderjahr.

§ 2 Zweck des Vereins ist die Förderung der Bienenhaltung{2-:, insbesondere durch Beratung der Mitglieder, Bekämpfung der Bienenkrankheiten und Verbesserung der Bienenweide}. {3-:Der Verein verfolgt ausschließlich und unmittelbar gemeinnützige Zwecke. Mittel des Vereins dürfen nur für die satzungsmäßigen Zwecke verwendet werden.}

§ 3 Mitglied kann jede Person werden, die Bienen hält oder die Bienenhaltung fördern will. Über die Aufnahme entscheidet der Vorstand. {2-:Gegen eine Ablehnung kann die Mitgliederversammlung angerufen werden.} Der Austritt ist {1-3:jederzeit|4-:zum Jahresende mit einer Frist von drei Monaten} schriftlich zu erklären.

@1-3 § 4 Der Beitrag beträgt zwölf Euro im Jahr und wird im Januar kassiert.

@4- § 4 Die Höhe des Jahresbeitrags und des Beitrags je Bienenvolk beschließt die Mitgliederversammlung. Jugendliche in Ausbildung sind beitragsfrei. Wer mit zwei Jahresbeiträgen im Rückstand ist, kann vom Vorstand von der Mitgliederliste gestrichen werden.

§ 5 Der Vorstand besteht aus dem Vorsitzenden, dem Stellvertreter, dem Kassier und dem Schriftführer. Er wird auf {1-2:zwei|3-:drei} Jahre gewählt und bleibt bis zur Neuwahl im Amt. {5-:Zwei Vorstandsmitglieder vertreten den Verein gemeinsam.}

@3- § 6 Die Mitgliederversammlung findet jährlich im ersten Vierteljahr statt. Sie wird vom Vorsitzenden mit einer Frist von zwei Wochen unter Angabe der Tagesordnung in Textform einberufen. Sie beschließt mit einfacher Mehrheit; Satzungsänderungen bedürfen einer Mehrheit von drei Vierteln der abgegebenen Stimmen.

@5- § 7 Die vereinseigene Schleuder und das Wachsschmelzgerät werden vom Gerätewart verwaltet und gegen eine Gebühr an Mitglieder ausgeliehen. Näheres regelt eine Ordnung, die der Vorstand erlässt.

{2-:Bei Auflösung des Vereins fällt das Vermögen an die Gemeinde, die es für den Naturschutz zu verwenden hat.}

=== widerspruch-parkplatz | de | 3 | Renate Köpsel,Köpsel
Widerspruch gegen {1:Ihren Bescheid|2-:den Bescheid vom 4. März über die Ablösung von Stellplätzen}

Sehr geehrte Damen und Herren,

gegen den genannten Bescheid lege ich Widerspruch ein. {2-:Die Frist ist gewahrt, weil mir das Schreiben erst am 11. März zugestellt worden ist.}

Sie verlangen, dass ich für den Ausbau des Dachgeschosses zwei Stellplätze nachweise oder {1:bezahle|2-:einen Ablösebetrag von 16.000 Euro zahle}. Das Dachgeschoss wird aber nicht als eigene Wohnung genutzt. Meine Tochter richtet sich dort ein Arbeitszimmer ein; eine Küche ist weder geplant noch möglich, da {1-2:kein Wasser liegt|3-:die Steigleitung im ersten Stock endet und das Denkmalamt einen weiteren Strang abgelehnt hat}.

@2- Nach der Stellplatzsatzung der Stadt entsteht ein zusätzlicher Bedarf nur, wenn die Zahl der Wohnungen steigt. Das ist hier nicht der Fall. Ich verweise auf die Bauzeichnung, Blatt 3.

@3- Hilfsweise beantrage ich, den Betrag auf einen Stellplatz zu beschränken, da die Wohnfläche um weniger als vierzig Quadratmeter zunimmt, und die Zahlung in vier Raten zuzulassen.

Ich bitte, {1:den Bescheid aufzuheben|2-:den Bescheid aufzuheben und die Vollziehung bis zur Entscheidung auszusetzen}.

Mit freundlichen Grüßen
Renate Köpsel

=== lettre-coproprietaires | fr | 4 | Édouard Lamarque
{1-2:Projet de lettre aux copropriétaires|3-:Travaux de la cour : lettre aux copropriétaires du 14, rue des Tanneurs}

Chères voisines, chers voisins,

La cour de notre immeuble se dégrade. Les pavés se soulèvent au pied du tilleul, l'eau stagne devant la porte de la cave et {1:quelqu'un est tombé|2-:Mme Vidalie s'y est foulé la cheville en novembre}. Le conseil syndical a {1-2:demandé des devis|3-:demandé trois devis, dont le détail est joint à cette lettre}.

{1-2:Le moins cher est celui de l'entreprise Maçonnerie Drouet.|3-:Nous proposons de retenir celui de l'entreprise Maçonnerie Drouet, qui n'est pas le moins cher, mais le seul à prévoir un drain et à garantir la survie de l'arbre.} Les travaux dureraient trois semaines{2-:, au printemps, hors vacances scolaires}. Pendant ce temps, les vélos pourront être rangés {1-3:dans le couloir|4-:sous le porche, où un râtelier provisoire sera posé}.

@2- Le coût total s'élève à 18 400 euros, dont une partie sera prise sur le fonds de travaux. Pour un appartement moyen, il resterait environ 650 euros à payer en deux appels de charges.

@4- Certains d'entre vous ont demandé si la cour ne pourrait pas être simplement goudronnée. L'architecte de la ville s'y oppose, puisque l'immeuble se trouve dans le périmètre protégé, et l'étanchéité des caves en souffrirait.

Le vote aura lieu à l'assemblée de {1-2:mars|3-:mars, au point 7 de l'ordre du jour}. {3-:Si vous ne pouvez pas venir, donnez un pouvoir à un voisin : la majorité absolue est nécessaire.}

Pour le conseil syndical,
Édouard Lamarque

=== bases-concurso | es | 4 |
Bases del concurso de relatos {1-2:cortos|3-:cortos «La Barca»}

Primera. Podrán participar todas las personas mayores de {1:dieciocho|2-:dieciséis} años, con un solo relato escrito en {1-2:castellano|3-:cualquiera de las lenguas oficiales}, original e inédito{2-:, que no haya sido premiado en otro certamen}.

Segunda. El tema será libre. La extensión no superará {1-3:cinco|4-:seis} páginas a doble espacio. {3-:Los relatos escritos total o parcialmente con programas de generación de texto no se admitirán.}

@1-2 Tercera. Los originales se entregarán por triplicado en la biblioteca, en un sobre cerrado con un lema.

@3- Tercera. Los originales se enviarán en un archivo sin firma a la dirección del concurso. En un segundo archivo figurarán el título, el nombre, el teléfono y una breve nota biográfica del autor. Quien no disponga de ordenador podrá entregar el texto en la biblioteca.

Cuarta. El plazo terminará el 30 de abril {2-:a las doce de la noche}. El fallo se hará público durante la feria del libro y será inapelable.

Quinta. Se concederán un primer premio de {1-2:quinientos|3-:ochocientos} euros y {1-3:un accésit|4-:dos accésits de doscientos euros, uno de ellos para vecinos del municipio}. {2-:El jurado podrá declarar desierto cualquiera de ellos.}

@4- Sexta. Los autores premiados conservarán sus derechos y autorizarán al ayuntamiento a publicar los relatos una sola vez, sin ánimo de lucro. Los originales no premiados se destruirán un mes después del fallo.

=== regolamento-palestra | it | 3 |
Regolamento {1:della palestra|2-:per l'uso della palestra comunale di Borgo Serra}

La palestra è aperta alle associazioni del comune{2-: e, nelle ore rimaste libere, ai gruppi di cittadini che ne facciano richiesta}. Le ore vengono assegnate {1:in settembre|2-:entro il 15 settembre dall'ufficio sport, sentite le associazioni}, dando la precedenza ai corsi per i ragazzi e per gli anziani.

Ogni gruppo nomina un responsabile, che ritira le chiavi, controlla che tutti indossino scarpe pulite con suola chiara e spegne le luci. {2-:Il responsabile annota nel registro l'ora di entrata e di uscita, il numero dei presenti e i danni trovati o provocati.}

@1-2 Per ogni ora si pagano otto euro.

@3- La tariffa è di otto euro l'ora per le associazioni iscritte all'albo e di quindici euro per gli altri. I corsi gratuiti per minori e le attività della scuola non pagano. Chi non disdice un'ora prenotata almeno due giorni prima la paga comunque.

Gli attrezzi si rimettono al loro posto. Il canestro mobile può essere spostato soltanto da due adulti. È vietato fumare e {1:mangiare|2-:mangiare; le bottiglie di vetro non sono ammesse}.

@2- Chi danneggia l'impianto risponde del danno. Dopo due richiami scritti il comune può revocare la concessione.

=== yuangong-shouce | zh | 4 |
{1-2:员工手册|3-:仓储部员工手册}

一、本手册适用于仓储部全体员工{2-:,包括试用期员工和临时工}。新员工入职当天由主管讲解本手册内容{3-:,并签字确认}。

二、工作时间为每天八小时,{1-2:早班七点到三点,晚班三点到十一点|3-:分早班和晚班,具体时间以每月二十五日公布的排班表为准}。迟到超过十五分钟须向主管说明原因。

三、进入仓库必须穿反光背心和防砸鞋。{1:不得吸烟。|2-:仓库内严禁吸烟和使用明火,违者立即停工,由安全员调查处理。}叉车只能由持证人员驾驶,行驶速度不得超过每小时八公里。

@2- 四、收货时应核对送货单、数量和外包装。发现破损,应当场拍照,请司机签字,并在系统中登记。未经登记的货物不得上架。

@3- 五、盘点每季度进行一次。盘点期间停止出库。账面数与实物数相差超过千分之三的,由主管组织复盘,并于三天内提交书面说明。

@4- 六、员工如发现安全隐患,有权停止作业并报告。公司不得因此扣减工资或降低考核等级。提出改进建议并被采纳的,每项奖励二百元。

{1-3:七、本手册由仓储部解释。|4-:七、本手册自公布之日起施行,由仓储部和人事部共同解释,原有规定同时废止。}
"""
