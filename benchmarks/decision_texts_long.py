# ruff: noqa: E501 - the texts keep their own line lengths
"""Office templates in English: letters and contracts. `=== name | lang | documents | fields that vary in a series`."""

TEXTS = """
=== lease-flat | en | 14 | n2.flat,name.tenant ; name.tenant ; amt.rent ; n2.flat ; date.start,date.sign
TENANCY AGREEMENT

This agreement is made on {date.sign} between {company!is}, of {street!is}, {city!is} ("the
Landlord") and {name.tenant}, presently of {street.old}, {city.old} ("the Tenant").

1. The premises
The Landlord lets and the Tenant takes the dwelling known as Flat {n2.flat}, {street!house},
{city!is}, consisting of {@rooms}, together with the use in common of the entrance hall, stairs,
bicycle store and drying room. The fixtures listed in the inventory signed on the day of handing over
form part of the letting. The Tenant has inspected the dwelling and accepts it in its present state.

2. Term
The tenancy begins on {date.start} and continues from month to month until ended by either party in
accordance with clause 14. Should the dwelling not be ready on that day for reasons outside the
control of the Landlord, the rent abates day by day until it is made available, and neither side has
any further claim unless the delay exceeds four weeks, in which case the Tenant may withdraw.

3. Rent
The rent is {amt.rent} per calendar month, payable in advance on the first working day of each month
by standing order to account {iban!is}. Rent which is more than seven days late bears interest at four
per cent above the base rate. The rent may be reviewed once in any period of twelve months by written
notice of at least two months, and the Tenant may end the tenancy before the new rent takes effect.

4. Deposit
A deposit of {amt.dep} is payable before the keys are handed over. The Landlord shall lodge it with an
approved scheme within thirty days and inform the Tenant of the details. It will be returned within
ten days after the end of the tenancy, less the cost of damage beyond fair wear and tear, missing
items and unpaid rent. A written statement of any deduction shall be provided with copies of invoices.

5. Services
The Tenant pays for electricity, gas, telephone and internet direct to the suppliers, and the council
tax. Water, the lighting of the stairs, the lift and the collection of refuse are included in the
rent. Meter readings shall be taken jointly on the first and on the last day of the tenancy.

6. Use
The dwelling is to be used as a private residence for no more than {@persons} persons. No trade or
business which brings customers to the house may be carried on. The Tenant shall not sublet or take in
lodgers without consent, which the Landlord may not withhold without good reason. Visitors may stay
up to four weeks. Musical instruments may be played between nine and twelve and between three and
eight o'clock, for no more than two hours a day, and not at all on Sundays before ten.

7. Care of the dwelling
The Tenant shall keep the inside of the dwelling clean, air it sufficiently and heat it in winter so
that pipes do not freeze. Blocked drains caused by misuse are cleared at the cost of the Tenant.
Light bulbs, fuses and the batteries of smoke alarms are replaced by the Tenant. Walls may be painted
in light colours; holes are to be filled at the end of the tenancy. Nothing may be fixed to the
outside of the house, in particular no aerials, awnings or boxes for plants without safe brackets.

8. Repairs
The Landlord keeps the structure, roof, outer walls, windows, heating, and the installations for
water, gas and electricity in repair. The Tenant reports defects without delay. Urgent work will be
started within one working day after a report, other work within a reasonable time. Where the Tenant
fails to report a defect and it becomes worse as a result, the additional cost falls on the Tenant.

9. Access
The Landlord or persons sent by the Landlord may enter after notice of twenty-four hours between eight
and eighteen o'clock to inspect, to read meters, and to carry out work. In an emergency no notice is
needed. During the last two months the dwelling may be shown to prospective tenants on two fixed
weekday afternoons which the parties agree upon in advance.

10. Animals
Small animals kept in cages or tanks are allowed. Dogs and cats require consent, which may be
withdrawn if neighbours are disturbed. The Tenant is liable for any damage which animals cause.

11. Insurance
The Landlord insures the building. The Tenant is advised to insure furniture and personal liability,
because the policy of the Landlord covers neither. Proof of liability cover is to be shown on request.

12. House rules
The house rules attached as schedule B form part of this agreement. They may be altered where the
orderly running of the house requires it, but not so as to add substantially to the duties of the
Tenant. Prams and bicycles shall not be left in the hall or on the landings.

13. Absence
If the dwelling is to be left empty for more than three weeks the Tenant shall tell the Landlord and
name a person who holds a key. The water is to be turned off at the main tap in that event.

14. Ending the tenancy
The Tenant may end the tenancy by notice of one month, the Landlord by notice of three months, in
writing and ending on the last day of a month. Rights to end it without notice for serious breach
remain. On leaving, the Tenant returns all keys, also those cut at their own expense, clears the
dwelling, the cellar compartment and the letter box, and leaves a forwarding address.

15. General
There are no oral side agreements. Changes must be made in writing. Should a clause be void, the
remaining clauses stay in force. Notices reach the Tenant at the dwelling and the Landlord at the
address given above. Two copies have been signed and each party has received one.

Landlord ______________________          Tenant ______________________ ({name.tenant})
@@ rooms: one room, kitchenette and shower room|two rooms, kitchen, bathroom and balcony|three rooms, kitchen, bathroom and cellar compartment
@@ persons: two|three|four

=== nda | en | 12 | company.b,name.b ; date.d ; company.b ; date.d,@purpose
MUTUAL CONFIDENTIALITY UNDERTAKING

Dated {date.d}

Parties: (1) {company!a}, registered in {city!a} under number {n8!a}, represented by {name!a}; and (2)
{company.b}, registered in {city.b} under number {n8.b}, represented by {name.b}.

Background. The parties wish to exchange information for the following purpose: {@purpose} (the
"Purpose"). Each of them regards certain of its information as secret and valuable.

1. "Protected Information" means all information, in whatever form, which one party (the "Giver")
makes known to the other (the "Taker") in connection with the Purpose and which is marked as
confidential or which a reasonable person would treat as such, including samples, drawings, source
code, prices, names of customers, and the fact that talks are taking place.

2. It does not include information which the Taker can show (a) was public, or became so without any
fault of the Taker; (b) was already lawfully known to the Taker; (c) came from a third party free to
pass it on; or (d) was worked out by the Taker without use of anything received from the Giver.

3. The Taker shall (a) use Protected Information for the Purpose only; (b) guard it with the care it
applies to its own secrets, and never less than reasonable care; (c) let only those employees,
advisers and affiliated companies have it who need it for the Purpose and who are bound by similar
duties; and (d) answer for any breach by those persons as for its own.

4. Where a court or authority orders disclosure, the Taker may comply so far as it is compelled to. It
shall, where lawful, tell the Giver beforehand and support it in seeking protection.

5. On request, and in any event when the talks end, the Taker shall within fourteen days return or
destroy what it has received, including copies and notes. It may keep one copy with its legal
department as evidence, and backups which are overwritten in the ordinary course of business.

6. Nothing here grants a licence or any other right in patents, designs, marks or works. The Giver
does not warrant that its information is complete or correct. Neither party is bound to conclude any
further contract or to refrain from dealing with others.

7. Analysis of samples as to their composition, and reverse engineering of devices or programs, are
not permitted without prior written consent.

8. For every breach committed with fault the Taker owes a penalty which the Giver fixes at its fair
discretion, and which the competent court may review. Claims for further damage are not excluded.

9. This undertaking runs for {@years} years from its date. The duties as to Protected Information last
for a further five years, and as to trade secrets for as long as they remain such.

10. It is governed by the law of the place of the registered office of the first named party, whose
courts have jurisdiction. Amendments, including of this sentence, require writing. Electronic
signatures suffice. If one provision fails, the rest stands.

For {company!a}: {name!a}                For {company.b}: {name.b}
@@ purpose: assessment of a joint bid for harbour maintenance|evaluation of a coating for optical lenses|possible sale of the logistics division|integration of payment terminals|development of a low-noise fan|supply of recycled paper pulp
@@ years: two|three|four

=== employment | en | 12 | name.e,street.e,date.birth ; amt.pay ; date.start ; name.e,@job
CONTRACT OF EMPLOYMENT

between {company!is}, {street!is}, {city!is} (the company) and {name.e}, born {date.birth}, residing at
{street.e}, {city.e} (the employee).

Section 1 - Position. The employee joins the company on {date.start} as {@job} in the department
{@dept}. The company may assign other reasonable tasks which match the employee's training, and may
after hearing the employee change the place of work within the district.

Section 2 - Trial period. The first {@trial} months count as a trial period during which the contract
can be ended at two weeks' notice. Thereafter the periods laid down by statute apply to both sides.

Section 3 - Working time. Regular working time is {n2.h} hours a week, spread over five days. Beginning
and end follow the works agreement on flexible hours. Overtime is only paid when ordered or approved
by the head of department; it is compensated by time off within three months wherever possible.

Section 4 - Pay. The monthly gross salary is {amt.pay}, payable at the end of the month by transfer.
Voluntary payments, even when made repeatedly, do not create a claim for the future. Assignment and
pledging of salary claims are excluded unless the company agrees.

Section 5 - Leave. The employee has {n2.leave} working days of leave per calendar year. Leave is to be
taken in the current year; it lapses on 31 March of the next unless urgent reasons prevented it.

Section 6 - Illness. Inability to work is to be reported on the first day before the start of work.
From the third day a medical certificate is required. Pay continues for six weeks by law.

Section 7 - Secrecy. The employee keeps business matters secret during and after employment. Documents
and equipment are to be given back on the last day; no copies may be kept.

Section 8 - Other work. Paid secondary work needs consent in writing, which is given where it does not
conflict with the interests of the company. Publications touching on its field are to be announced.

Section 9 - Inventions. The statute on inventions of employees applies. Rights of use in works made in
the course of duty pass to the company without limit in time, place and content.

Section 10 - End. Notice must be in writing. The contract ends without notice when the employee
reaches the regular pension age. After notice the employee may be released from duty on full pay.

Section 11 - Forfeiture. Claims not raised in writing within three months after falling due expire;
this does not hold for claims based on intent, nor for the statutory minimum wage.

Section 12 - Final terms. Changes require writing. If a term is void the others remain valid. The
employee has received a copy, the notice on data protection and the list of works agreements.

{city!is}, {date.sign}

______________________ for the company           ______________________ {name.e}
@@ job: warehouse clerk|test engineer|accountant|travel planner|laboratory assistant|press officer|crane operator
@@ dept: Operations|Quality|Finance|Sales North|Research|Communications
@@ trial: three|four|six

=== minutes | en | 14 | date.d,date.next ; free
@@ topic: approved the accounts of the previous quarter without changes|discussed the delay of the roof repair and asked for a second quotation|took note of the report on sickness absence|decided to renew the cleaning contract for one year|postponed the choice of a new telephone supplier|agreed to sponsor the summer fair with 500|asked the treasurer to prepare a forecast of heating costs|appointed two members to the hiring panel|resolved to sell the old delivery van|heard a complaint from a neighbour about noise and will reply|accepted the resignation of the deputy chair with thanks|set the membership fee for next year|reviewed the fire drill and ordered three more signs
Board of {company!is}
Minutes of the meeting held on {date.d} at {time.d}, {street!is}

Present: {name!chair} (chair), {name.b}, {name.c}, {name.d}. Apologies: {name.e}.
Minute taker: {name!sec}

1. The agenda was approved. The minutes of the last meeting were signed.
2. The board {@topic.a}.
3. The board {@topic.b}.
4. The board {@topic.c}. {name.c} will report.
5. Any other business: the board {@topic.d}.

There being no further business the chair closed the meeting at {time.e}.
Next meeting: {date.next}.

=== insurance-letter | en | 16 | name.to,street.to,city.to,n8.pol ; amt.prem ; name.to,n8.pol
{company!is} Mutual Insurance, {street!is}, {city!is}
{name.to}
{street.to}
{city.to}
{date.d}

Your household policy {n8.pol}: annual premium

Dear {name.to},

the sums insured under your policy follow the index of building costs published by the statistical
office. As the index has risen, the sum insured rises to {amt.sum} from {date.from}. The annual premium
will be {amt.prem} including tax. All other terms, in particular the excess of 150.00 for each claim
and the cover for bicycles up to two per cent of the sum insured, stay as they are.

You may object to the adjustment within one month of receiving this letter. In that event the cover
remains unchanged, but we may reduce payments in the proportion in which the sum insured falls short
of the value of your belongings. You can also end the contract with effect from the date of the
change. If you agree, you need do nothing: the premium is collected as usual.

Should you have bought valuable items in the last year, please let us know. Jewellery, works of art
and coins are only covered up to 20,000 unless they are listed in the schedule. Have you moved, or has
someone moved in with you? Then the rate for your postcode or the number of persons may have changed.

Yours faithfully,
{name!clerk}, customer service

=== court-notice | en | 12 | name.to,street.to,city.to ; date.h,time.h ; n4.file,name.to
DISTRICT COURT OF {city!is}        File no. {n2.div} C {n4.file}/{n2!y}
{date.d}

Summons

In the civil case {name.a} against {company.b}
you, {name.to}, {street.to}, {city.to}, are summoned as a {@role} to the hearing on

        {date.h} at {time.h}, court room {n3.room}, second floor.

Subject of the hearing: {@subject}. Please bring this summons and an identity document. If you fail to
appear without sufficient excuse you will be charged the costs caused by your absence, and a fine or
an order to be brought before the court may be imposed. You are entitled to be paid loss of earnings
and travelling expenses if you apply within three months. By order of the court: {name!clerk}, registrar
@@ role: witness|witness|interpreter|expert
@@ subject: road accident of last winter|claim for the purchase price of a used car|damage by water in a flat|unpaid fees|defects of a kitchen

=== police-report | en | 12 | free ; n6.no,name.v
{city!is} POLICE - Station {@st}          Report no. {n6.no}/{n2!y}
Offence: {@off}     Time: {date.d}, {time.d}     Place: {street.p}
Reporting person: {name.v}, born {date.birth}, {street.v}
Officer: {name.o}, PC {n4.o}

The reporting person states: I left {@obj} at about {time.a} near the above place. When I came back at
{time.b} I noticed that {@what}. I did not see anyone and do not suspect anybody. The value is about
{amt.v}. {@more} I want the matter to be prosecuted and ask to be informed about the outcome.
The statement was read out and signed. A copy for the insurer was handed over.
@@ st: Harbour|Central|Old Town
@@ off: Theft of a bicycle|Theft from a vehicle|Criminal damage|Burglary of a cellar
@@ obj: my bicycle, locked to a rail,|my car, locked and with closed windows,|the cellar locked
@@ what: the lock lay cut on the ground|the side window was broken and a bag was missing|the door stood open|the paint was scratched along the left side
@@ more: The frame number is recorded in my papers.|A neighbour may have heard a noise.|There is a camera at the shop opposite.|I have photographs of the damage.

=== advisory | en | 24 | n5.id,date.d,@prod ; n5.id,@prod ; n5.id,v3.fix
# SEC-{n4!y}-{n5.id}: {@kind} in {@prod}

Published: {date.d}
Severity: {@sev} (CVSS {d1.cvss})
Affected: {@prod} before {v3.fix}
Fixed in: {v3.fix}
Reported by: {name.r}

## Description
{@prod} did not check {@input} before using it in {@place}. A remote attacker could send a specially
crafted request to {@effect}. {@extra}

## Mitigation
Upgrade to {v3.fix} or later. If that is not possible, disable the feature or restrict access to trusted
networks. We are not aware of attacks in the wild.

## References
- https://advisories.example.org/SEC-{n4!y}-{n5.id}
@@ kind: Denial of service|Path traversal|Improper authentication|Cross-site scripting|Use after free|Integer overflow
@@ prod: libtarq|Mailgate|webshelf|NodeVault|pdfloom|inkserver|quickproxy|tinyldap|Formica
@@ sev: low|medium|high|critical
@@ input: the length field|the file name|the redirect target|the session token|the size of nested lists
@@ place: the archive reader|the upload handler|the template engine|the cache|the login form
@@ effect: crash the process|read files outside the root directory|take over a session|run code|exhaust memory
@@ extra: Only installations with the optional module are concerned.|The default configuration is affected.|Authentication is required.|The flaw was introduced in the previous minor release.

=== discharge | en | 12 | name.p,date.birth ; free ; date.in,date.out
{city!is} General Hospital, Department of Internal Medicine, Head: Prof. {name!head}
Discharge letter, {date.out}

Dear colleague, we report on {name.p}, born {date.birth}, {street.p}, who was under our care from
{date.in} to {date.out}.

Diagnoses: {@dx.a}; {@dx.b}.
History: the patient was admitted because of {@sym} for {n1.days} days. {@hist}
Findings on admission: blood pressure 1{n2.sys}/{n2.dia} mmHg, pulse {n2.pulse}/min, temperature 37.{n1.t}
degrees. Heart sounds regular, lungs clear, abdomen soft. ECG: sinus rhythm, no signs of ischaemia.
Course: {@course} The stay was without complications. The patient was mobilised early and informed in
detail about the illness and its treatment.
Medication on discharge: {@med.a} 1-0-0, {@med.b} 0-0-1, paracetamol when required.
We recommend a check by the family doctor within a week, with blood count and electrolytes, and
remain available for questions at any time. With kind regards, Dr {name.doc}, ward physician
@@ dx: essential hypertension|pneumonia of the right lower lobe|type 2 diabetes|atrial fibrillation|gastritis|urinary tract infection|anaemia|vertigo
@@ sym: shortness of breath|abdominal pain|dizziness|fever and cough|palpitations
@@ hist: No previous operations.|Known allergy to penicillin.|Smoker until last year.|Family history unremarkable.|Lives alone, supported by a daughter.
@@ course: Under antibiotic treatment the symptoms subsided quickly.|After adjustment of the medication the values became normal.|Endoscopy showed a slight inflammation which was treated.|Monitoring over 48 hours showed no further episodes.
@@ med: ramipril 5 mg|bisoprolol 2.5 mg|metformin 500 mg|pantoprazole 20 mg|amoxicillin 1 g|torasemide 10 mg

=== job-offer | en | 12 | name.e ; amt.pay ; name.e,@job ; date.by
{company!is} - People and Culture - {date.d}
Dear {name.e},
it was a pleasure to meet you. We would like to have you on board as {@job} from {date.start}. Your yearly
pay would be {amt.pay} in thirteen parts, plus a bonus of up to {n1.bonus} per cent. You may work from home
on two days a week, get {n2.leave} days off, a bicycle or a rail pass, and a learning budget. You would
report to {name.boss}. Let us know by {date.by} whether you accept; the contract follows at once. We keep
the place free until then. Should you have been offered other terms by word of mouth, tell us now.
See you soon, {name!hr}
@@ job: data analyst|gardener|night nurse|site manager|sound engineer|buyer|bus driver
"""
