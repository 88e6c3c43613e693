# ruff: noqa: E501 - the texts keep their own line lengths
"""Office templates in German, French, Spanish and Chinese; the same notation as decision_texts."""

TEXTS = """
=== rechnung | de | 20 | n5.no,date.d,month ; n5.no,date.d ; items,n5.no
@@ items: Beratung vor Ort (Std.)|Fahrtkosten|Wartung Heizung|Ersatzteil Pumpe|Dichtungssatz|Abgasmessung|Thermostatventil|Entsorgung|Kleinmaterial|Notdienstzuschlag
{company!is} GmbH · {street!is} · {city!is} · USt-IdNr. DE{n9!u}
{company.k}
{street.k}
{city.k}

Rechnung Nr. {n5.no}                              {city!is}, {date.d}
Leistungszeitraum: {month}      Kundennummer: {n6.k}

Sehr geehrte Damen und Herren, für die im Zeitraum {month} erbrachten Leistungen berechnen wir:

{items}
Zwischensumme {net} EUR
19 % Umsatzsteuer {vat} EUR
Rechnungsbetrag {gross} EUR

Zahlbar innerhalb von 10 Tagen ohne Abzug auf das Konto {iban!is}. Es gelten unsere allgemeinen
Geschäftsbedingungen. Die Ware bleibt bis zur vollständigen Bezahlung unser Eigentum.

=== mahnung | de | 16 | n5.no,date.r ; company.k,street.k,city.k ; amt.b
{company!is} KG, Buchhaltung, {city!is}
An {company.k}, {street.k}, {city.k}
{date.d}
Zahlungserinnerung zur Rechnung {n5.no} vom {date.r}

Sehr geehrte Damen und Herren,
sicher ist es Ihrer Aufmerksamkeit entgangen, dass die oben genannte Rechnung über {amt.b} EUR seit dem
{date.f} fällig ist. Wir bitten Sie, den Betrag zuzüglich Mahnkosten von 5,00 EUR binnen einer Woche zu
überweisen. Sollten Sie inzwischen gezahlt haben, betrachten Sie dieses Schreiben als gegenstandslos.
Mit freundlichen Grüßen, {name!s}

=== mietvertrag | de | 12 | name.m,n2.w ; amt.m ; name.m ; date.b,date.u
Wohnraummietvertrag

zwischen {company!is}, {street!is}, {city!is} (Vermieterin) und {name.m}, bisher wohnhaft {street.m} in
{city.m} (Mietpartei).

§ 1 Mietsache. Vermietet wird die Wohnung Nr. {n2.w} im Haus {street!h}, {city!is}, bestehend aus {@z},
nebst Kellerabteil. Mitbenutzt werden dürfen Waschküche, Trockenraum und Fahrradkeller. Die Wohnfläche
wird mit rund {n2.qm} Quadratmetern angegeben; diese Angabe dient nicht zur Festlegung der Mietsache. Bei
der Übergabe wird ein Protokoll erstellt, das von beiden Seiten zu unterschreiben ist.

§ 2 Mietzeit. Das Mietverhältnis beginnt am {date.b} und läuft auf unbestimmte Zeit. Die Kündigung richtet
sich nach den gesetzlichen Vorschriften und bedarf der Schriftform. Setzt die Mietpartei den Gebrauch
nach Ablauf der Mietzeit fort, so gilt das Mietverhältnis nicht als verlängert.

§ 3 Miete. Die monatliche Grundmiete beträgt {amt.m} EUR, die Vorauszahlung auf die Betriebskosten {amt.bk}
EUR. Beides ist bis zum dritten Werktag eines Monats auf das Konto {iban!is} zu zahlen. Über die
Vorauszahlungen wird jährlich abgerechnet. Umgelegt werden die Kosten nach der Betriebskostenverordnung
in der jeweils geltenden Fassung nach dem Verhältnis der Wohnflächen, Heizung und Warmwasser zu siebzig
vom Hundert nach Verbrauch.

§ 4 Kaution. Die Mietpartei leistet eine Sicherheit von {amt.k} EUR, zahlbar in drei gleichen Raten. Die
Vermieterin legt das Geld getrennt von ihrem Vermögen zu dem für Spareinlagen üblichen Zinssatz an.

§ 5 Gebrauch. Die Räume dienen dem Wohnen. Untervermietung bedarf der Erlaubnis. Kleintiere sind
gestattet, Hunde und Katzen nur mit Zustimmung. Ruhezeiten sind von 13 bis 15 Uhr und von 22 bis 7 Uhr.
Waschmaschinen dürfen nur in der Waschküche oder in den dafür vorgesehenen Anschlüssen betrieben werden.

§ 6 Schönheitsreparaturen. Die Mietpartei führt die Schönheitsreparaturen aus, soweit sie durch ihren
Gebrauch erforderlich werden. Wände sind bei Rückgabe in neutralen Farben zu hinterlassen. Dübellöcher
in üblichem Umfang sind hinzunehmen.

§ 7 Kleinreparaturen. Kosten kleiner Instandsetzungen an Teilen, die dem häufigen Zugriff der Mietpartei
ausgesetzt sind, trägt diese bis 80 EUR im Einzelfall und höchstens acht vom Hundert der Jahresmiete.

§ 8 Betreten. Die Vermieterin darf die Wohnung nach Ankündigung von drei Tagen an Werktagen zwischen 10
und 18 Uhr besichtigen, wenn ein sachlicher Grund besteht. Bei Gefahr ist der Zutritt jederzeit zu
ermöglichen. Bei längerer Abwesenheit ist ein Schlüssel bei einer Person des Vertrauens zu hinterlegen.

§ 9 Mängel. Mängel sind unverzüglich anzuzeigen. Für Schäden, die durch verspätete Anzeige entstehen,
haftet die Mietpartei. Heizung und Lüftung sind so zu betreiben, dass Feuchtigkeit nicht entsteht.

§ 10 Rückgabe. Bei Ende der Mietzeit ist die Wohnung geräumt, besenrein und mit allen Schlüsseln
zurückzugeben. Einrichtungen kann die Mietpartei wegnehmen; die Vermieterin kann dies durch eine
angemessene Entschädigung abwenden.

§ 11 Hausordnung. Die beigefügte Hausordnung ist Bestandteil des Vertrages. § 12 Schlussbestimmungen.
Nebenabreden bestehen nicht. Sollte eine Bestimmung unwirksam sein, bleiben die übrigen wirksam.

{city!is}, den {date.u}     Vermieterin ____________     Mietpartei ____________ ({name.m})
@@ z: einem Zimmer, Küche und Bad|zwei Zimmern, Küche, Bad und Balkon|drei Zimmern, Küche, Bad und Flur

=== lohn | de | 16 | month,date.z ; name.a,n5.p ; month,amt.n,date.z
Entgeltabrechnung {month}               {company!is} AG
{name.a}    Personalnummer {n5.p}    Steuerklasse {n1.s}    Krankenkasse {@kk}
Gehalt {amt.g}   Vermögenswirksame Leistungen 26,59   Gesamtbrutto {amt.b}
Lohnsteuer {amt.l}   Solidaritätszuschlag 0,00   Krankenversicherung {amt.kv}   Rentenversicherung {amt.rv}
Arbeitslosenversicherung {amt.av}   Pflegeversicherung {amt.pv}
Auszahlungsbetrag {amt.n} EUR, überwiesen am {date.z}. Resturlaub {n2.u} Tage. Diese Abrechnung wurde
maschinell erstellt und ist ohne Unterschrift gültig. Bitte sorgfältig aufbewahren.
@@ kk: Nordkasse|Stadtkasse|BKK Elbe|Handwerkerkasse

=== bescheid | de | 12 | name.to,street.to,city.to,n7.k ; date.d,amt.f ; name.to,n7.k
Stadt {city!is} - Amt für Abgaben - Kassenzeichen {n7.k}
{name.to}, {street.to}, {city.to}                                {date.d}

Bescheid über Abfallgebühren

Für das Grundstück {street.to} werden die Gebühren für das laufende Jahr auf {amt.f} EUR festgesetzt.
Grundlage sind {@t} mit wöchentlicher Leerung. Die Gebühr ist je zur Hälfte am 15. Mai und am 15. November
fällig. Bei verspäteter Zahlung entstehen Säumniszuschläge von einem vom Hundert je angefangenem Monat.
Rechtsbehelf: Gegen diesen Bescheid kann binnen eines Monats nach Bekanntgabe Widerspruch erhoben
werden. Der Widerspruch hat keine aufschiebende Wirkung, die Gebühr ist also zunächst zu zahlen.
Änderungen im Eigentum sind der Stadt unverzüglich mitzuteilen. Im Auftrag {name!s}
@@ t: ein Behälter mit 60 Litern|ein Behälter mit 120 Litern|zwei Behälter mit 120 Litern

=== einladung | de | 12 | name.to ; date.d,time.d ; free
{company!is} e. V., der Vorstand
{name.to}, {street.to}, {city.to}
Einladung zur Mitgliederversammlung am {date.d} um {time.d} im Saal des Gasthofs {@g}
Tagesordnung: 1. Begrüßung. 2. Bericht des Vorstands. 3. {@p.a}. 4. {@p.b}. 5. Entlastung. 6. Wahlen.
7. Verschiedenes. Anträge sind spätestens eine Woche vorher schriftlich einzureichen. Die Versammlung
ist unabhängig von der Zahl der Erschienenen beschlussfähig. Mit freundlichem Gruß, {name!v}
@@ g: Zur Linde|Goldener Hirsch|Am Anger
@@ p: Neubau des Bootshauses|Erhöhung des Beitrags|Sommerfest|Änderung der Satzung|Jugendarbeit|Anschaffung eines Anhängers

=== facture | fr | 18 | n5.no,date.d,month ; n5.no,date.d ; items,n5.no
@@ items: Ramette de papier|Cartouche noire|Classeur à levier|Enveloppes (500)|Chaise visiteur|Lampe de bureau|Tableau blanc|Stylos (50)|Livraison|Reliure
{company!is} SARL - {street!is} - {city!is} - SIRET {n9!s}
Facture N° {n5.no}                               Le {date.d}
Client : {company.c}, {street.c}, {city.c}       Réf. client {n5.c}
Période : {month}

{items}
Total HT {net} EUR   TVA 20 % {vat} EUR   Total TTC {gross} EUR

Règlement à trente jours par virement sur le compte {iban!is}. En cas de retard, une indemnité forfaitaire
de 40 euros est due pour frais de recouvrement. Pas d'escompte pour paiement anticipé.

=== relance | fr | 12 | n5.no,date.f ; company.c,street.c,city.c ; amt.m
{company!is}, service comptable, {city!is}, le {date.d}
{company.c}, {street.c}, {city.c}
Objet : facture N° {n5.no} du {date.f}
Madame, Monsieur, sauf erreur ou omission de notre part, la facture citée en objet, d'un montant de {amt.m}
euros, demeure impayée à ce jour. Nous vous prions de bien vouloir la régler sous huitaine. À défaut, nous
serions contraints de transmettre le dossier à notre conseil. Si votre paiement nous est parvenu entre
temps, veuillez ne pas tenir compte de ce courrier. Veuillez agréer nos salutations distinguées. {name!s}

=== attestation | fr | 14 | name.p ; name.p,date.n ; date.d,name.p
{company!is} - Caisse d'assurance
ATTESTATION DE DROITS
Nous attestons que {name.p}, né(e) le {date.n}, immatriculé(e) sous le numéro {n1.s} {n2.a} {n2.b} {n3.c}, bénéficie
de la prise en charge de ses frais de santé du {date.d} au {date.e}. La présente attestation est à présenter
aux professionnels de santé. Toute falsification expose son auteur à des poursuites. Fait à {city!is}.

=== bail | fr | 10 | name.l,n2.a ; amt.l ; name.l
CONTRAT DE LOCATION D'UN LOGEMENT VIDE

Entre {company!is}, {street!is}, {city!is}, le bailleur, et {name.l}, demeurant {street.l}, {city.l}, le
locataire, il est convenu ce qui suit.

Article 1. Le bailleur donne en location l'appartement {n2.a} situé {street!h}, {city!is}, composé de {@p}. Un
état des lieux est dressé contradictoirement lors de la remise des clés et lors de leur restitution.
Article 2. Le bail est conclu pour trois ans à compter du {date.b}. Il est renouvelé tacitement, sauf congé
donné par le bailleur six mois à l'avance ou par le locataire trois mois à l'avance, par lettre recommandée.
Article 3. Le loyer mensuel est de {amt.l} euros, payable d'avance le cinq de chaque mois. Il est révisé
chaque année à la date anniversaire selon la variation de l'indice de référence des loyers.
Article 4. Les charges font l'objet d'une provision de {amt.c} euros par mois et d'une régularisation
annuelle. Le décompte est communiqué un mois avant la régularisation.
Article 5. Le dépôt de garantie est fixé à un mois de loyer. Il est restitué dans un délai de deux mois,
déduction faite des sommes restant dues.
Article 6. Le locataire use paisiblement des lieux, répond des dégradations, prend à sa charge l'entretien
courant et les menues réparations, s'assure contre les risques locatifs et en justifie chaque année. Il ne
peut céder le contrat ni sous-louer sans l'accord écrit du bailleur.
Article 7. Le bailleur délivre un logement décent, en assure la jouissance paisible et effectue toutes les
réparations autres que locatives. Il ne peut s'opposer aux aménagements qui ne sont pas des transformations.
Article 8. À défaut de paiement deux mois après un commandement resté infructueux, le bail est résilié de
plein droit. Fait en deux exemplaires à {city!is}, le {date.s}.
Le bailleur                                  Le locataire {name.l}
@@ p: une pièce, cuisine et salle d'eau|deux pièces, cuisine et salle de bains|trois pièces, cuisine, salle de bains et cave

=== factura | es | 16 | n5.no,date.d,month ; items,n5.no ; n5.no,date.d
@@ items: Aceite de oliva 5 l|Caja de naranjas|Queso curado (kg)|Jamón (pieza)|Vino tinto (caja)|Almendras (kg)|Transporte|Miel 1 kg|Arroz 10 kg|Conservas (lote)
{company!is} S.L.   {street!is}, {city!is}   CIF B{n8!c}
FACTURA núm. {n5.no}     Fecha: {date.d}     Periodo: {month}
Cliente: {company.c}, {street.c}, {city.c}

{items}
Base imponible {net} EUR   IVA 10 % {vat} EUR   Total {gross} EUR
Forma de pago: transferencia a treinta días a la cuenta {iban!is}. No se admiten devoluciones de productos
frescos pasadas veinticuatro horas desde la entrega. Gracias por su confianza.

=== convocatoria | es | 12 | name.to,n2.piso ; date.d,time.d ; name.to
Comunidad de propietarios {street!is}, {city!is}
A la atención de {name.to}, piso {n2.piso}
Se convoca junta {@t} para el día {date.d} a las {time.d} en primera convocatoria y media hora más tarde en
segunda, en el portal del edificio. Orden del día: lectura del acta anterior; {@p.a}; {@p.b}; ruegos y
preguntas. Los propietarios que no puedan asistir pueden delegar su voto por escrito. Se recuerda que
quienes no estén al corriente de pago no tendrán derecho a voto. El administrador, {name!a}
@@ t: ordinaria|extraordinaria
@@ p: aprobación de las cuentas|reparación de la fachada|cambio del ascensor|contrato de limpieza|instalación de placas solares|humedades del garaje

=== contrato | es | 10 | name.t,date.n ; amt.s ; date.i ; name.t,@puesto
CONTRATO DE TRABAJO
En {city!is}, a {date.f}, de una parte {company!is} S.A., con domicilio en {street!is}, y de otra {name.t}, nacido
el {date.n}, con domicilio en {street.t}, {city.t}, acuerdan:
Primera. El trabajador prestará sus servicios como {@puesto} en el centro de trabajo de {city!is}.
Segunda. La jornada será de {n2.h} horas semanales, de lunes a viernes, con los descansos que fija la ley.
Tercera. La duración será indefinida, con inicio el {date.i} y un periodo de prueba de dos meses.
Cuarta. El salario bruto anual será de {amt.s} euros, distribuido en catorce pagas. Quinta. Las vacaciones
serán de treinta días naturales. Sexta. En lo no previsto se estará al convenio colectivo y al Estatuto de
los Trabajadores. Séptima. El trabajador guardará secreto sobre los asuntos de la empresa también después
de terminar el contrato. Octava. El contenido se comunicará al servicio público de empleo en diez días.
Y para que conste se firma por duplicado.
@@ puesto: camarero|administrativa|conductor|técnica de laboratorio|jardinero|programadora

=== fapiao | zh | 14 | n5.no,date.d ; n5.no,date.d,month ; items,n5.no
@@ items: 打印纸|墨盒|办公椅|显示器|键盘|路由器|文件柜|投影仪|安装服务|运输费
{company!is}有限公司 销售单 编号:{n5.no}
日期:{date.d} 账期:{month}
客户:{company.c} 地址:{city.c}{street.c} 联系人:{name.c}

{items}
不含税金额:{net} 税额:{vat} 价税合计:{gross}
请于收到本单后十五日内将货款汇至本公司账户 {n8!acc}{n8!bcc}。货物如有质量问题,请在三日内书面提出,逾期视为验收合格。经办人:{name!s}

=== zulin | zh | 10 | name.b,n3.fang ; amt.zu ; name.b
房屋租赁合同
出租方(甲方):{company!is}有限公司 承租方(乙方):{name.b} 身份证号:{n8.id}{n8.ie}
根据有关法律法规,甲乙双方经协商一致,订立本合同。
第一条 甲方将位于{city!is}{street!is}的房屋{n3.fang}室出租给乙方居住使用,建筑面积{n2.mian}平方米。
第二条 租赁期限自{date.a}起至{date.e}止。期满后乙方在同等条件下享有优先承租权。
第三条 月租金为人民币{amt.zu}元,乙方应于每月五日前支付。押金为一个月租金,合同终止结清费用后无息退还。
第四条 水、电、燃气、网络和物业费用由乙方承担。房屋及附属设施的正常维修由甲方负责,因乙方使用不当造成的损坏由乙方负责修复或赔偿。
第五条 未经甲方书面同意,乙方不得转租、转借或改变房屋用途,不得拆改房屋结构。
第六条 任何一方提前解除合同,应提前三十日书面通知对方,并支付一个月租金作为违约金。
第七条 本合同未尽事宜由双方另行协商,协商不成的,向房屋所在地人民法院起诉。本合同一式两份,双方各执一份,自签字之日起生效。
签订日期:{date.q}

=== tongzhi | zh | 10 | date.d,time.d ; @hui,date.d ; name.to
会议通知
{name.to}:
兹定于{date.d}{time.d}在{@di}召开{@hui},请您准时参加。会议主要内容包括听取上一阶段工作汇报、讨论下一阶段计划以及安排人员分工。请提前准备书面材料,并于会前一天发送至办公室邮箱。因故不能参加者,请向{name!s}请假。
{company!is}有限公司办公室
@@ di: 三楼会议室|一号报告厅|主楼 402 室|培训中心
@@ hui: 安全生产工作会|季度销售总结会|项目评审会|新员工座谈会|质量分析会
"""
