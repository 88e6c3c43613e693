# ruff: noqa: E501 - the texts keep their own line lengths
"""Office templates in English: forms. `=== name | lang | documents | fields that vary in a series`."""

TEXTS = """
=== invoice-workshop | en | 22 | n5.no,date.inv,month ; n5.no,date.inv ; items,n5.no
@@ items: Brake disc front|Oil filter|Labour, mechanic (hours)|Labour, electrician (hours)|Wiper blade|Coolant 1 l|Spark plug|Wheel alignment|Battery 70 Ah|Disposal of old oil|Tyre 205/55 R16|Cabin filter
{company!is} - Garage and Body Shop
{street!is}, {city!is}   Tel. {phone!is}   VAT reg. GB {n9!vat}

INVOICE No. {A2!x}{n5.no}
Date {date.inv}       Your order of {month}       Vehicle {A2.reg}{n2.reg} {A3.reg}

{company.cust}
Attn. {name.cust}
{street.cust}
{city.cust}

For work carried out in {month} we charge as follows:

{items}
                                   Net          {net}
                                   VAT 20 %     {vat}
                                   To pay       {gross}

Payable without deduction within 14 days of the invoice date to {iban!is}. Parts remain our
property until paid in full. Old parts are kept for inspection for one week.

=== invoice-hosting | en | 18 | n6.no,date.inv,month ; n6.no,month ; n6.no,date.inv,date.due
{company!is} B.V. | {street!is} | {city!is} | Chamber of Commerce {n8!kvk}

Tax invoice {n4!y}-{n6.no}
Customer no. {n5.c}
Bill to: {company.cust}, {street.cust}, {city.cust}
Issued {date.inv}, due {date.due}
Service period: {month}

Virtual server plan "{@plan}"            1 x {amt.plan}
Backup space, {n3.gb} GB                  1 x {amt.gb}
Traffic included                             0.00
----------------------------------------------------
Total including tax EUR {amt.tot}

The amount is collected by direct debit from the account ending in {n4.acc} (mandate {A2.m}{n6.m}).
You do not need to do anything. Invoices are archived in the customer portal for ten years.
@@ plan: Comet S|Comet M|Comet L|Nebula 8|Nebula 16

=== reminder-library | en | 16 | name.to,n7.card ; date.d ; name.to,street.to,city.to
{city!is} Public Library - Loans Desk
{date.d}

{name.to}, card {n7.card}
{street.to}, {city.to}

Second reminder

Dear reader, the following item has been due since {date.due} and was not returned or renewed:

  "{@book}"     shelf mark {A2.s} {n3.s}

The fee so far is {amt.fee}. Please return the item within seven days. After that we will charge the
price of replacement plus a handling fee of 8.00. If you have returned it meanwhile, ignore this.
@@ book: The Sea Around Us|Middlemarch|A Short History of Salt|Field Guide to Mosses|Bread and Yeast|The Name of the Rose|Calculus Made Easy|Gardens of Kyoto|The Leopard|Chess for Beginners

=== payslip | en | 22 | month,date.pay ; month,date.pay,amt.net ; name.emp,n5.emp
{company!is}                                   PAY STATEMENT
Employee {name.emp}      Staff no. {n5.emp}      Cost centre {n4.cc}
Pay period {month}     Paid on {date.pay}     Tax code {n4.tax}L

Basic salary               {amt.basic}
Overtime {n2.h} h          {amt.over}
Meal allowance             42.00
Gross pay                  {amt.gross}
Income tax               - {amt.tax}
National insurance       - {amt.ni}
Pension contribution     - {amt.pen}
NET PAY                    {amt.net}

Paid to account ending {n4.acc}. Holiday remaining: {n2.hol} days.
Queries about this statement must reach the payroll office before the next cut-off date.

=== lab-water | en | 22 | n6.s,date.s ; n6.s,date.s,d2.ph,d2.no3 ; d2.pb ; @site,n6.s
{company!is} Laboratories - Accredited testing of drinking water
REPORT OF ANALYSIS {n6.s}/{A1.s}
Client: {company.c}, {city.c}       Sampling point: {@site}
Sampled {date.s}     Received the same day, cooled     Method: DIN EN series

Parameter              Result      Unit        Limit
pH value               {d2.ph}      -           6.5-9.5
Conductivity           {n3.cond}    uS/cm       2790
Nitrate                {d2.no3}     mg/l        50
Lead                   {d2.pb}      ug/l        10
Iron                   {d2.fe}      ug/l        200
Chloride               {n2.cl}      mg/l        250
E. coli                0            /100 ml     0
Enterococci            0            /100 ml     0

Assessment: the sample {@verdict} the requirements of the drinking water ordinance in the parameters
tested. The results refer to the sample only. Extracts may not be published without our consent.
Released by {name.r}, laboratory manager
@@ site: kitchen tap, ground floor|boiler room outlet|canteen, sink 2|well 3|classroom 14|ward B, wash basin|pump station north
@@ verdict: meets|meets|does not meet

=== lab-blood | en | 20 | name.p,date.birth,n7.id ; date.s,d2.hb,d2.crp,n3.pl ; date.s,n7.id
Medical Laboratory {city!is}      Lab no. {n7.id}      Sample of {date.s}
Patient {name.p}   born {date.birth}   sex {@sex}   Requested by Dr {name.doc}

Haemoglobin {d2.hb} g/dl (12.0-16.0)   Leucocytes {d2.leu} G/l (4.0-10.0)   Platelets {n3.pl} G/l (150-400)
CRP {d2.crp} mg/l (<5)   Creatinine {d2.cre} mg/dl (0.5-1.1)   Sodium 1{n2.na} mmol/l (135-145)
Potassium {d2.ka} mmol/l (3.5-5.1)   ALT {n2.alt} U/l (<35)   TSH {d2.tsh} mU/l (0.4-4.0)
Comment: {@com}
Values outside the reference range are to be judged together with the clinical picture.
@@ sex: f|m
@@ com: none|slightly haemolytic sample|please repeat in two weeks|lipaemic|no pathological findings

=== certificate | en | 22 | name.p ; name.p,date.birth ; date.c,name.p
{company!is} Academy
CERTIFICATE OF ATTENDANCE

{name.p}, born on {date.birth}, has taken part in the course

      "{@course}"

held from {date.c} in {city!is} ({n2.h} lessons of 45 minutes). Contents: theory, exercises in groups,
and a final discussion. The course was led by {name!lead}. This certificate was issued without erasure.
@@ course: First aid at work|Safe handling of forklift trucks|Introduction to book-keeping|Speaking in public|Hygiene in the kitchen

=== delivery-note | en | 18 | n6.no,date.d ; items,n6.no ; n6.no,date.d,n3.pal
@@ items: Cable tray 2 m|Junction box IP65|Screw M6x40 (100)|Wall plug 8 mm (100)|Conduit 20 mm|Switch, white|Socket double|LED panel 60x60|Cable NYM 3x1.5 (m)|Cable tie (100)|Terminal block
DELIVERY NOTE {n6.no}          {company!is} Wholesale, {city!is}
Ship to {company.c}, {street.c}, {city.c}
Despatched {date.d} by own lorry   Pallets {n3.pal}   Your order ref. {A2.o}-{n4.o}

{items}
Goods received complete and undamaged: ______________  Please check at once; claims only within 3 days.

=== bank-statement | en | 18 | month,date.f,amt.old,amt.new,n2.no ; amt.a,amt.new ; n2.no,month
{company!is} Savings Bank                              Statement {n2.no} / {month}
Account {n8.acc}   Holder {name.h}, {street.h}, {city.h}
Balance brought forward                                     {amt.old}
{date.a}  Standing order  Rent {company.l}                -{amt.rent}
{date.b}  Card payment    {@shop.a}                       -{amt.a}
{date.c}  Credit          Salary {company.e}              {amt.sal}
{date.d}  Direct debit    {@shop.b}                       -{amt.b}
{date.e}  Cash machine    {street.e}                      -{amt.c}
{date.f}  Direct debit    {@shop.c}                       -{amt.d}
New balance                                                 {amt.new}
Credit balances are protected by the deposit scheme; see the information sheet for depositors.
@@ shop: Greengrocer Mills|Fuel station Ring Road|City Power and Light|Phone4You|Bookshop Lerner|Dental practice|Gym Olymp|Railway ticket|Chemist at the Gate

=== meeting-mail | en | 20 | date.d,time.d ; name.to ; time.d ; @room
From: {name!from} <office@{@dom!x}>
To: {name.to}
Subject: Invitation: {@mtg}

Hello {name.to},
you are invited to "{@mtg}" on {date.d} at {time.d} in {@room}. Please accept or decline by the evening
before, and send points for the agenda to me. Minutes of the last meeting are in the usual folder.
Dial-in is possible with code {n6.code}.
Regards, {name!from}
@@ dom: example.org
@@ room: room Elbe|room Oder|the small hall|room 3.14|the canteen annex
@@ mtg: Budget round|Release planning|Safety committee|Works council|Review of complaints|Onboarding new colleagues

=== purchase-order | en | 18 | n6.no,date.d,date.del ; items,n6.no,date.d ; n6.no,company.s
@@ items: Office chair|Desk 160x80|Monitor 27 inch|Docking station|Whiteboard|Coffee machine|Paper A4 (box)|Toner black|Headset|Filing cabinet|Lamp
PURCHASE ORDER                                  Order number: {n6.no}
Buyer: {company!is}, {street!is}, {city!is}     Cost object {n5.co}
Supplier: {company.s}, {city.s}                 Date: {date.d}
Please deliver by {date.del} free of charge to the gate in {street!is}:

{items}
Order value net {net}

Our general terms of purchase apply; yours only if we have accepted them in writing. State the order
number on all papers. Invoices without it are sent back unpaid. Contact: {name!buyer}, ext. {n3!x}.

=== meter | en | 16 | n6.r,date.d ; n5.flat,name.t ; n6.r
{company!is} Metering Service
Meter card   Customer {name.t}   Unit {n5.flat}   {street.t}, {city!is}
Read on {date.d}. Heat meter no. {n8.h}: {n6.r} kWh. Cold water no. {n8.k}: {n3.k} m3. Warm water no.
{n8.w}: {n3.w} m3. Estimated: no. The next reading takes place in twelve months. Please keep this card
until the yearly statement arrives and compare the numbers with those on your meters.

=== ticket | en | 22 | free ; n5.no,name.u
Ticket #{n5.no}   opened {date.d} {time.d}   by {name.u}   priority {@prio}
Subject: {@subj}
{@body.a} {@body.b}
Reply from support ({name.s}): Thank you for your message. {@ans} Please close the ticket if this helps.
@@ prio: low|normal|high
@@ subj: Printer does not respond|Cannot log in|Mailbox full|VPN drops|Licence expired|Screen flickers
@@ body: It worked until yesterday.|I have restarted the device twice.|My colleague next door has the same problem.|The error number is 0x80070005.|It happens mostly in the afternoon.|I need it for a presentation tomorrow.|No changes were made on our side.
@@ ans: We have reset your account.|A technician will come by tomorrow morning.|The server was restarted at noon.|Please install the update from the software centre.|Your quota has been raised.

"""
