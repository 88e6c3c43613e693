"""Documents written for the tests of models: a text, the same in other words, and another on its subject."""

# (subject, original, the same in other words, another document on the subject)
WRITTEN = [
    (
        "roof",
        "The roof of the parish hall was inspected on 14 March 2023. Forty-two slates are cracked, mostly on the "
        "north side, and the lead around both chimneys has lifted. Water has reached the rafters in two places. "
        "The surveyor recommends that the damaged slates be replaced and the flashing renewed before the winter. "
        "The estimate from Harlow & Sons is 8,750 pounds plus 1,200 pounds for scaffolding, valid until 30 June "
        "2023.",
        "On 14 March 2023 an expert went over the covering of our church hall. He counted 42 broken tiles, nearly "
        "all of them facing north, and found that the metal sheets at the two stacks no longer sit tight. Rain has "
        "come through to the beams at a couple of points. He advises us to swap the bad tiles and put in new metal "
        "work while the weather is still good. Harlow & Sons would charge 8,750 pounds and another 1,200 for the "
        "scaffold, an offer that stands up to 30 June 2023.",
        "The roof of the village school was inspected on 2 May 2021. The tiles are sound, but the gutters on the "
        "east side leak and should be cleaned twice a year. Moss grows on 60 square metres. The surveyor sees no "
        "danger to the building and proposes to look again in five years. Cleaning would cost 940 pounds, without "
        "scaffolding, if it is ordered together with the painting of the 28 windows.",
    ),
    (
        "bread",
        "Mix 500 grams of wheat flour with 350 grams of lukewarm water, 10 grams of salt and 7 grams of dry yeast. "
        "Knead the dough for 12 minutes until it no longer sticks to the bowl. Cover it and let it rise for 90 "
        "minutes in a warm place. Shape a round loaf, cut a cross into the top and bake it at 230 degrees for 35 "
        "minutes. The bread is done when it sounds hollow underneath. Let it cool on a rack for at least an hour.",
        "For this loaf you stir together half a kilo, that is 500 grams, of white flour, 350 grams of tepid water, "
        "7 grams of dried yeast and 10 grams of salt. Work everything by hand for 12 minutes; it should come off "
        "the sides cleanly. Put a cloth over it and wait 90 minutes while it doubles near the stove. Form a ball, "
        "score it twice, and put it into an oven heated to 230 degrees for 35 minutes. Knock on the base: a "
        "drum-like tone means it is ready. Give it an hour on a grid before you slice it.",
        "Rye bread needs a starter that was fed the evening before. Take 400 grams of starter, 600 grams of rye "
        "flour, 14 grams of salt and 420 grams of water. Rye has little gluten, so do not knead; stir for 4 "
        "minutes with a spoon. Fill a greased tin and wait until the surface shows small holes, which takes 3 "
        "hours. Bake at 250 degrees for 15 minutes, then at 190 degrees for 50 minutes more. Cut it on the next "
        "day.",
    ),
    (
        "lease",
        "The tenant shall pay a rent of 1,150 euros a month, due on the third working day. A deposit of 3,450 "
        "euros is payable before the keys are handed over. Either party may terminate the agreement with three "
        "months' notice. The landlord bears the cost of major repairs; the tenant pays for small ones up to 120 "
        "euros each. Pets other than small caged animals need the landlord's consent. The agreement begins on 1 "
        "September 2022.",
        "From 1 September 2022 on, whoever lives in the flat owes its owner 1,150 euros every month, to arrive by "
        "working day number three. Before moving in, 3,450 euros have to be left as security. Both sides can end "
        "the contract if they say so a quarter of a year ahead. Large works on the building are the owner's "
        "business, whereas trifles of no more than 120 euros apiece are settled by the occupant. Dogs and cats may "
        "only be kept once the owner has agreed.",
        "The tenant shall pay a rent of 890 euros a month, due on the fifteenth. No deposit is taken. The "
        "agreement is made for 24 months and cannot be terminated before 31 January 2026. All repairs are carried "
        "out by the landlord within 10 days of being told. The garden of 75 square metres may be used by the "
        "tenant, who mows the lawn. Subletting is not allowed. Heating is included up to 6,000 kilowatt hours a "
        "year.",
    ),
    (
        "harbour",
        "The harbour master counted 318 ships in the year 1987, of which 204 carried timber and 61 carried grain. "
        "The largest was the Aurora with 14,500 tons. Two accidents were reported, neither with injuries. Dredging "
        "of the eastern basin removed 27,000 cubic metres of sand and cost 640,000 crowns. The quay wall built in "
        "1931 shows cracks over a length of 85 metres and will have to be rebuilt soon.",
        "During 1987, according to the port authority, 318 vessels called, 204 of them with wood on board and 61 "
        "with cereals; at 14,500 tons none was bigger than the Aurora. Nobody was hurt in the two mishaps on "
        "record. To make the basin in the east deeper, 27,000 cubic metres of silt were taken out for 640,000 "
        "crowns. Along 85 metres the pier of 1931 is splitting, so that it needs to be put up anew before long.",
        "The harbour of the island was founded in 1742 and destroyed by a storm 16 years later. Merchants from the "
        "mainland paid for a new mole of 220 metres, which was finished in 1771. For a century it served 40 "
        "fishing boats and the mail. The railway bridge of 1894 took the traffic away, and in 1923 the customs "
        "house was sold. Today 130 yachts lie there in summer, and a museum tells the story.",
    ),
    (
        "vaccine",
        "The study followed 1,284 adults over 24 months. Half of them were given the vaccine, the others a "
        "placebo. In the first group 37 people fell ill, in the second 152, which means that the vaccine prevented "
        "about 76 percent of infections. Side effects were mild: a sore arm in 41 percent and a slight fever in 9 "
        "percent. Protection became weaker after the eighteenth month, so the authors suggest a booster.",
        "For 24 months researchers observed 1,284 grown-ups, one half of whom received the real injection and the "
        "other half an injection with nothing in it. Only 37 of the treated caught the disease, against 152 of the "
        "untreated: roughly 76 percent of all cases were avoided. What bothered people was little, an aching "
        "shoulder for 41 percent and a raised temperature for 9 percent. As the effect faded from month 18 on, a "
        "further dose later is proposed by those who wrote the paper.",
        "The survey asked 2,960 parents whether they would have their children vaccinated. In the cities 81 "
        "percent said yes, in the villages 64 percent. Asked for reasons, 330 named fear of side effects and 95 "
        "the distance to the next doctor, which is 23 kilometres on average. A letter from the clinic raised the "
        "share by 7 points. The authors conclude that opening hours in the evening would help more than posters.",
    ),
    (
        "train",
        "Because of works on the bridge at Milford, trains on line 7 will not run between Ashby and Thorne from 5 "
        "to 19 August. Buses leave every 20 minutes from the station square; the journey takes 55 minutes instead "
        "of 31. Tickets remain valid. Bicycles cannot be carried. Passengers with reduced mobility are asked to "
        "ring 0800 4477 one day ahead, so that a suitable vehicle can be sent.",
        "Between 5 and 19 August line 7 is closed from Ashby to Thorne, since the crossing at Milford is being "
        "repaired. In place of the railway, coaches set off from the forecourt each 20 minutes and need 55 "
        "minutes, where rail would need 31. You can use the fares you have bought, but you have to leave your bike "
        "at home. If you walk with difficulty or use a wheelchair, please call 0800 4477 the day before and a "
        "fitting coach will come.",
        "The new timetable of line 12 starts on 10 December. Trains leave Ashby every 30 minutes from 5:42 in the "
        "morning to 23:12, and on Saturdays until 1:42 at night. The stop at Wendover opens again after 26 years. "
        "A day ticket costs 9.80 and is valid on the ferries too. First class is given up. The tender for 18 "
        "battery trains has been won by a company from the south.",
    ),
    (
        "garden",
        "Apple trees should be pruned late in winter, when the hardest frost is over but the buds are still "
        "closed. Remove dead wood first, then branches that cross or grow towards the trunk. A cut close to the "
        "ring at the base heals best. Never take away more than a quarter of the crown in one year, or the tree "
        "answers with a thicket of useless shoots. Clean the saw between trees, because it may carry disease from "
        "one to the other. Young trees are shaped gently, old ones are kept open to light and air.",
        "The right moment to trim an apple tree comes as the cold season ends, before anything begins to sprout. "
        "Begin with whatever has died; afterwards saw off limbs that rub against others or turn inwards. The wound "
        "closes quickest where you stay near the collar at which the limb begins. Whoever cuts off over a fourth "
        "of the foliage at once gets nothing but a tangle of barren twigs in return. So that no illness spreads, "
        "wipe your tools before you go on to the next one. Give form to saplings with care, and let sun and wind "
        "into aged trees.",
        "Tomatoes are sown indoors in early spring and planted out once no frost is to be feared. They like a wall "
        "that faces south and a roof above them, because wet leaves rot. Break out the side shoots every week and "
        "tie the stem to a pole. Water the soil and not the plant, in the morning, and seldom but thoroughly. "
        "Nettle tea is a good fertiliser. When nights grow cold, pick the green fruit and let it ripen in a drawer "
        "beside an apple.",
    ),
    (
        "backup",
        "A backup that nobody has ever restored is no backup. Keep three copies of everything that matters, on two "
        "kinds of media, and one of them in another building. Encrypt what leaves the house and keep the key apart "
        "from it. Let the computer do the copying every night, since people forget. Twice a year, pick a few files "
        "at random and bring them back on a machine that has never seen them. Write down how it is done, so that a "
        "colleague can do it when you are on holiday.",
        "Saved data is only worth something once it has been read back successfully. Anything important ought to "
        "exist threefold: on a pair of different storage types, with a set stored at some other site. Material "
        "that goes outside must be unreadable to strangers, and the password must not travel along. Since humans "
        "are careless, have a nightly job take care of it. Every six months recover an arbitrary handful of "
        "documents to a fresh system as a trial. Put the steps on paper for whoever stands in while you are away.",
        "Before you buy a new disk, find out what fills the old one. Most of it is usually video, followed by "
        "photographs that were imported again from the same camera. A program that draws folders as areas shows it "
        "at a glance. Empty the trash, remove old installers, and move films that you have seen to a cheap "
        "external drive. Do not compress folders of pictures; it saves nothing. A disk that is nearly full becomes "
        "slow, so leave a tenth of it free.",
    ),
]
