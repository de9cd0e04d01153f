/**
 * What common passwords are made of, lower-case: what people are known to choose, whole (`trustno1`) or as the word that is left
 * when digits, punctuation and leet come off (`dragon` of `Dr4gon2019!`). Written for Tillwright, from no other list;
 * words below eight letters count through their longer forms. Separated by blanks; order does not matter.
 */
export const COMMON_WORDS = `
password passwords passwort passwd passphrase motdepasse contrasena contraseña senha parola haslo heslo wachtwoord losenord
passord salasana sifre parole pass passw mypassword mypass thepassword newpassword oldpassword yourpassword userpassword
passpass passme password1 secret secrets secretpassword topsecret secure security letmein letmeinn letmeinplease
letmeinnow openup opensesame sesame access accessgranted login logon signin default changeme changethis changeit change
admin admins administrator administrador root toor rootroot adminadmin superuser superadmin user username useruser guest
guestguest test tests tester testing testtest testuser demo demouser sample example temp temporary temppass temppassword
welcome welcomes welcomehome welcomeback hello hellohello helloworld hellothere hithere hiya goodbye goodmorning goodnight
iloveyou iloveu iluvyou iluvu iloveyousomuch iloveyoubaby ilovehim iloveher iloveme iloveit ilovegod ilovejesus ilovemom
ilovemum ilovedad ilovemyself ilovemylife ilovemyfamily ilovemusic ilovecats ilovedogs ilovefootball ilovemoney iloveyouu
loveyou loveme lovelove loveislife lovely loveyourself lovers lover loves love loveable lovebug lovestory truelove mylove
myloves myangel mybaby mylife mybabies myfamily myname babygirl babyboy babydoll babyface baby babes babe prettygirl
princess princesa prinzessin princesse queen queens queenbee king kings kingkong kingdom prince princes duchess emperor
qwerty qwertyui qwertyuiop qwertz qwert qwer qwertyqwerty qwertzuiop azerty azertyuiop asdf asdfgh asdfghjk asdfghjkl asdfasdf
asdasd asdasdasd asd zxcvbn zxcvbnm zxcv zxczxc zxc qwe qweqwe qweasd qweasdzxc qazwsx qazwsxedc qazxsw qazxswedc wsxedc
qwaszx qwaszxerdf qweqweqwe asdqwe asdzxc poiuytrewq poiuyt lkjhgfdsa lkjhgf mnbvcxz mnbvcx ytrewq fdsa rewq dvorak
1q2w3e 1q2w3e4r 1q2w3e4r5t q1w2e3 q1w2e3r4 q1w2e3r4t5 1qaz2wsx 1qazxsw2 2wsx3edc 3edc4rfv 1a2s3d4f a1s2d3f4 1z2x3c4v zaq12wsx
zaq1xsw2 zaq1zaq1 zaqxsw qaz123wsx qwe123 123qwe 1234qwer qwer1234 asd123 123asd 123abc abc123 abc123abc 1a2b3c 1a2b3c4d
a1b2c3 a1b2c3d4 aa123456 a123456 a12345678 a123456789 q123456 z123456 w123456 1qwerty 12qwaszx 123qweasd 123qweasdzxc
qwerty123 qwerty12 qwerty1 password123 admin123 test123 pass123 pass1234 passw0rd p4ssword pa55word pa55w0rd
1234 4321 12345 54321 123456 654321 1234567 7654321 12345678 87654321 123456789 987654321 1234567890 0987654321 0123456789
123123 123123123 123321 12341234 1234512345 123456123456 11223344 1122334455 112233 111222 111222333 332211 44332211
121212 12121212 131313 13131313 101010 10101010 202020 20202020 212121 21212121 232323 23232323 242424 252525 141414
14141414 151515 159357 159753 1593572468 147258 147258369 147852 147852369 258456 369258147 741852 741852963 963852741
789456 789456123 456123 456789 456456 789789 789123 321321 321654 321654987 246810 2468 24681012 1357 13579 135790 1357924680
12131415 10203040 1020304050 102030 100200 100200300 123654 123654789 12365478 142536 14253600 192837 19283746 1928374655
1029384756 5201314 520520 1314520 110110 112112 119119 911911 420420 69696969 696969 31415926 3141592653 314159 27182818
271828 16180339 7777777 88888888 00000000 11111111 22222222 33333333 44444444 55555555 66666666 77777777 99999999 0000000000
1111111111 000111 001122 00112233 007007 007 1212 1313 2323 6969 1010 2020 1111 0000 5555 7777 8888 9999 12345a 123456a 123456789a
123456q 123456789q 1234567a 12345678a 12345qwert 12345qwerty 123456qwerty 1234abcd abcd abcd1234 abcde abcdef abcdefg abcdefgh
abcdefghi abcdefghij abcabc abcabcabc abc abc12345 aabbcc aabbccdd aaabbb abcxyz xyz xyzzy aaaaaaaa aaaa aaaaaa
dragon dragons dragonfly dragonball dragonballz dragonslayer reddragon blackdragon bluedragon monkey monkeys monkeyboy
monkeyman monkeybutt funkymonkey tiger tigers tigger tigerwoods lion lions lionking lionheart panther panthers pinkpanther
leopard cheetah jaguar cougar puma wildcat wildcats bobcat kitty kitten kittens kittycat hellokitty pussycat pussy cat
cats catdog catfish catwoman dog dogs doggy doggie doggies dogdog bulldog bulldogs puppy puppies puppylove puppydog bigdog hotdog
hotdogs mydog mycat wolf wolfs wolves werewolf wolfpack wolfman wolfgang wolverine bear bears teddybear polarbear grizzly panda
pandas koala poohbear winniethepooh winnie pooh eagle eagles falcon falcons hawk hawks hawkeye raven ravens crow phoenix
bluebird bird birds birdie birdman parrot penguin penguins pigeon duck ducks duckling duckie chicken chickens rooster
turkey goose swan peacock flamingo owl dolphin dolphins shark sharks whale orca octopus starfish goldfish fish fishing fisher
fisherman fishes salmon turtle turtles frog froggy froggie lizard snake snakes snakebite viper vipers cobra python anaconda spider
spiders spiderman scorpion scorpio scorpions butterfly butterflies butterfl bumblebee honeybee ladybug firefly beetle
cricket rabbit rabbits bunny bunnies bugsbunny hamster mouse mouses mickeymouse mickey minnie squirrel beaver badger otter ferret
weasel horse horses pony ponies unicorn unicorns mustang mustangs stallion bronco broncos donkey buffalo elephant elephants
giraffe zebra gorilla rhino hippo kangaroo platypus dinosaur dinosaurs raptor raptors trex godzilla kraken pegasus
michael michelle matthew joshua daniel daniela danielle david jessica jennifer jenny ashley amanda nicole stephanie
stephen steven christopher christian christina christine christy christia chris andrew andrea andreas andres anthony
antonio antonia thomas tommy robert roberta roberto rob bob bobby william williams willy billy jonathan jonathon
jordan joseph josephine joe joel joey james jamie jimmy jim john johnny johnson jack jackson jacky jackie jacob jake justin
justine brandon brandy brian bryan kevin kyle eric erica erik ryan adam aaron alexander alexandra alexandre alexandr alexis
alex alexa alejandro alejandra alberto albert alfred alfredo alice alicia alison allison alyssa amelia amber amy ana
anastasia anderson angel angela angelica angelina angelo angie anita anna annabelle anne annie april ariana ariel arthur
arturo ashton austin barbara barbie beatrice beatriz becky benjamin benny bernard bernie beth bethany betty beverly bianca
bonnie bradley brenda brianna bridget britney brittany brooke bruno bryant caleb cameron camila camille candice carina carla
carlos carmen carol carolina caroline carrie carter cassandra cassie catherine cathy cecilia celeste celine charles charlie
charlotte chelsea cheryl chloe claire clara claudia claudio clayton clinton connor courtney crystal curtis cynthia daisy
dakota dallas damian dani danny daphne darren darryl dawson debbie deborah debra denise dennis derek destiny diana diane
diego dominic dominique donald donna doris dorothy douglas duncan dustin dylan edgar eduardo edward edwin eileen elaine eleanor
elena eliana elias elijah elizabeth ella ellen emanuel emily emma enrique erika ernesto esther ethan eugene eva evelyn
fabian fatima felipe felix fernanda fernando fiona florence frances francesca francesco francis francisco frank frankie
franklin fred freddie freddy frederic gabriel gabriela gabrielle garcia gareth gary gavin gemma george georgia georgina
gerald gerard gilbert gina giovanni gloria gonzalez gordon grace gracie graham grant greg gregory guillermo gustavo hannah
harold harriet harris harrison harry harvey hayley heather hector heidi helen helena henry herbert hernandez holly howard
hugo hunter ian ibrahim isaac isabel isabella isabelle ivan jacqueline jaime jasmin jasmine jason javier jayden jeff jeffrey
jenna jeremy jerome jerry jesse jessie jesus joanna joanne johanna jorge jose juan juanita judith julia julian juliana julie juliet
julio karen karina karl kate katherine kathleen kathryn kathy katie katrina kayla keith kelly kelsey kenneth kenny kerry
kimberly kim kirsten kristen kristin kristina larry laura lauren laurence lawrence leah lee leo leon leonard leonardo leslie lewis
liam lillian lily linda lindsay lindsey lisa logan lopez lorenzo lori louis louise luca lucas lucia luis lucy luke lydia
mackenzie maddie madison maggie malcolm manuel marcel marcela marcia marco marcos marcus margaret margarita maria mariah
mariana marie marilyn marina mario marion marisa mark markus marlene martha martin martina martinez marvin mary maryjane
mason mateo maurice mauricio max maxime maximus maxwell megan melanie melinda melissa melvin mercedes mia michal michele
miguel mike mikey miguelito miles miranda mitchell mohamed mohammed mohammad muhammad mahmoud moises molly monica monique
morgan muhammed murphy nadia nadine nancy naomi natalia natalie natasha nathalie nathan nathaniel neil nelson nicholas nick nicky
nicola nicolas nikita nikki nina noah noel nora norman oliver olivia omar oscar owen pablo pamela patricia patricio patrick
paul paula paulina pauline pedro peter peterpan phil philip philippe phillip pierre priscilla rachel rafael ralph ramirez
ramon randy raquel raul raymond rebecca reginald renee ricardo richard rick ricky riley rita robbie robin robinson rodney
rodrigo rodriguez roger roland roman romeo ronald ronaldo ronnie rosa rosemary rosie ross roxanne ruben russell ruth sabrina
sally salvador sam samantha samson samuel sammy sanchez sandra sandy santiago santos sara sarah sasha savannah scott scotty
sean sebastian serena sergey sergio shane shannon sharon shaun shawn sheila shelby shelly sherry shirley sierra silvia simon simone
smith sofia sonia sophia sophie stacey stacy stan stanley stefan stefanie stella steve stewart stuart summer susan susana
suzanne sylvia sylvie tamara tammy tania tanya tara tatiana taylor ted teresa terry theodore theresa tiffany tim timothy tina
todd tom tony tracey tracy travis trevor tristan tyler valentin valentina valentine valeria valerie vanessa veronica vera
vicky victor victoria vincent viktor violet virginia vivian vladimir walter wanda warren wayne wendy wesley whitney wilson
winston xavier yolanda yvonne zachary zoe zoey svetlana dmitry natali olga irina ekaterina marina aleksandr
football footballs soccer baseball basketball basketba hockey tennis golf golfer golfing volleyball softball rugby lacrosse
swimming swimmer wrestling boxing boxer karate judo taekwondo kungfu skating skater skateboard skate snowboard surfing surfer
running runner racing racer cycling bowling cricket gymnast gymnastics cheerleader cheer champion champions winner winners winning
arsenal chelseafc liverpool liverpoolfc manchester manchesterunited manutd mancity tottenham everton westham newcastle
leeds celtic rangers barcelona realmadrid madrid juventus milan acmilan intermilan inter benfica porto ajax bayern borussia
galatasaray fenerbahce besiktas flamengo corinthians palmeiras santos bocajuniors riverplate messi ronaldinho beckham
maradona neymar zidane rooney yankees redsox dodgers cubs mets giants padres braves cardinals lakers celtics bulls
chicagobulls knicks heat spurs warriors pistons rockets mavericks maverick kobe kobebryant lebron jordan23 michaeljordan steelers
cowboys cowboy patriots packers raiders raider eagles1 redskins dolphins1 vikings viking broncos1 seahawks saints bengals ravens1
chargers charger chiefs colts titans texans jaguars buccaneers gators longhorn longhorns buckeyes buckeye wolverines seminoles
trojans bruins redwings blackhawks penguins1 flyers canucks mapleleafs nascar ferrari porsche mercedes1 mercedesbenz bmw audi
volkswagen honda hondacivic civic toyota corolla nissan skyline subaru impreza mazda mitsubishi suzuki yamaha kawasaki ducati harley
harleydavidson davidson corvette camaro chevrolet chevy chevelle impala pontiac firebird transam dodge viper1 ford fordmustang
jeep wrangler hummer lamborghini lambo bugatti maserati jaguar1 lexus infinity infiniti volvo cadillac peugeot renault citroen fiat
superman supergirl superstar superhero supernova supersonic super batman batgirl robin1 joker catwoman1 ironman wolverin
xmen avengers avenger captain captainamerica hulk thor deadpool punisher daredevil starwars starwars1 starfox startrek star stars
stargate stargazer starlight stardust skywalker lukeskywalker darthvader vader yoda jedi jedimaster hansolo chewbacca chewie
bobafett stormtrooper anakin padme princessleia matrix neo trinity morpheus terminator predator alien aliens robocop rambo
rocky rambo1 godfather scarface gladiator spartan spartans spartacus titanic avatar hobbit gandalf frodo bilbo baggins aragorn
legolas gollum sauron mordor lordoftherings lotr narnia aslan harrypotter potter hogwarts gryffindor slytherin hermione voldemort
dumbledore twilight edwardcullen bella edwardbella vampire vampires buffy simpsons simpson homer homersimpson bart bartsimpson
southpark cartman kenny1 familyguy futurama bender spongebob patrickstar squidward scooby scoobydoo garfield snoopy
charliebrown woodstock mickeym donaldduck goofy pluto bambi dumbo simba nemo findingnemo tinkerbell tinker cinderella snowwhite
pocahontas mulan aladdin disney disneyland pixar toystory buzzlightyear woody shrek pikachu pokemon pokemon1 charizard
bulbasaur digimon naruto sasuke sakura itachi onepiece goku vegeta gohan trunks bleach ichigo inuyasha sailormoon totoro
evangelion gundam anime manga otaku nintendo gameboy mario1 supermario luigi yoshi zelda link metroid sonic sonicthehedgehog
tails playstation xbox xbox360 sega atari gamecube halo halo3 masterchief callofduty warcraft worldofwarcraft starcraft
diablo diablo2 blizzard counterstrike counter halflife minecraft roblox fortnite overwatch leagueoflegends league runescape
finalfantasy cloud1 sephiroth squall chrono kingdomhearts tekken streetfighter mortalkombat scorpion1 subzero doom quake
duke dukenukem pacman tetris gamer gaming games game gameover player players player1 playing play playboy playgirl
eminem slimshady tupac 2pac biggie snoopdogg jayz kanye beyonce rihanna shakira madonna britneyspears justinbieber bieber
onedirection jonas jonasbrothers hannahmontana mileycyrus selena selenagomez taylorswift ladygaga gaga katyperry adele
metallica nirvana slipknot linkinpark linkin korn greenday blink182 blink 182 offspring sumfortyone system systemofadown
ironmaiden maiden megadeth slayer pantera acdc ledzeppelin zeppelin pinkfloyd floyd beatles thebeatles lennon mccartney
rollingstones stones queen1 freddiemercury elvis elvispresley presley bobmarley marley marleyb rasta reggae jamaica
jimihendrix hendrix doors thedoors morrison jimmorrison cobain kurtcobain radiohead coldplay oasis blur muse
depechemode depeche rammstein tokiohotel tokio hammerfall evanescence paramore mychemicalromance chemical fallout falloutboy
ilovemcr guitar guitars guitarist guitarman drummer drums drum bass bassman piano pianoman violin trumpet trombone saxophone
music musica musicman musiclover musical musik rock rocks rockstar rocknroll rockandroll rocker hardrock hardcore metal heavymetal
punk punkrock hiphop rap rapper techno trance dance dancer dancing singer singing song disco jazz blues karaoke
sunshine sunshines sunflower sunflowers sunset sunrise sunny sunnyday sun sunday monday tuesday wednesday thursday friday
saturday january february march april1 may june july august september october november december spring autumn winter
summertime holiday holidays vacation christmas xmas merrychristmas santa santaclaus halloween easter birthday happybirthday
newyear happynewyear valentines thanksgiving moon moonlight moonshine moonbeam fullmoon bluemoon sky bluesky blueskies skyblue
skylar skyler star1 rainbow rainbows rain rainy storm stormy thunder thunderbird thunderbolt lightning hurricane tornado cyclone
tsunami earthquake volcano snow snowball snowflake snowman snowy blizzard1 ice iceman iceberg icecream icecube fire fireball
firefighter fireman firewall fireworks flame flames inferno water waterfall watermelon ocean oceans sea seaside beach beaches
beachboy beachbum island islands river rivers mountain mountains mountaindew forest jungle desert garden gardens flower flowers
flowerpower rose roses rosebud redrose blackrose lily1 tulip orchid daisy1 jasmine1 violet1 magnolia lavender cherry cherries
cherryblossom blossom apple apples applepie pineapple banana bananas orange oranges strawberry strawberries blueberry raspberry
peach peaches mango lemon lemons lemonade melon coconut kiwi grape grapes tomato potato pumpkin pepper peppers chili cheese
cheeseburger cheesecake pizza pizzahut burger hamburger sandwich bacon chocolate chocolat cookie cookies cupcake cupcakes
candy candycane candyman sugar sweet sweets sweetie sweety sweetpea sweetheart sweetness honey honeybun honeybunny honeypie
muffin muffins pancake pancakes waffle butter buttercup butterscotch peanut peanuts peanutbutter popcorn noodle noodles
spaghetti ravioli taco tacos burrito nachos coffee espresso tea juice milk milkshake milkyway snickers skittles oreo twix mars
cocacola coke cokecola pepsi pepsicola sprite drpepper mountain1 redbull beer budweiser heineken guinness corona corona1
vodka whiskey whisky jackdaniels jackdaniel tequila rum wine champagne martini brandy1 cocktail margarita1
america american americas usa unitedstates canada canadian mexico mexican brasil brazil argentina colombia chile peru
venezuela ecuador cuba puertorico boricua jamaica1 england english london britain british scotland scottish ireland irish wales
france french paris germany german deutschland berlin hamburg munich italy italia italian rome roma spain espana
portugal portuguese lisboa greece greek russia russian moscow moskva ukraine kiev poland polska turkey1 turkiye istanbul
ankara izmir egypt cairo africa african southafrica nigeria kenya israel jerusalem india indian indians mumbai delhi pakistan
karachi lahore bangladesh china chinese beijing shanghai hongkong japan japanese tokyo korea korean seoul vietnam
thailand bangkok philippines pinoy manila indonesia jakarta malaysia singapore australia australian sydney melbourne brisbane newzealand
kiwi1 newyork newyorkcity newyorker nyc brooklyn manhattan bronx chicago boston houston dallas1 texas florida miami orlando
atlanta georgia1 california losangeles hollywood sandiego sanfrancisco lasvegas vegas seattle portland denver colorado arizona
phoenix1 nevada oregon washington michigan detroit ohio cleveland pittsburgh philadelphia philly baltimore virginia1 carolina1
alabama mississippi louisiana neworleans tennessee nashville memphis kentucky indiana minnesota wisconsin montana dakota1 kansas
oklahoma nebraska alaska hawaii hawaiian toronto montreal vancouver quebec amsterdam holland nederland rotterdam belgium
brussels sweden stockholm norway norge oslo denmark danmark finland suomi helsinki iceland austria vienna swiss
switzerland zurich geneva budapest hungary praha prague romania bucharest bulgaria sofia1 serbia srbija croatia hrvatska
freedom liberty justice peace peaceout peacelove peaceandlove harmony faith hope hopeful faithful believe believer believeinme
grateful blessed blessing blessings bless godbless godisgood godislove god goddess godsgift jesuschrist jesuslovesme
jesusislord jesus1 jesussaves christ lord lordjesus savior heaven heavenly hell hellfire hellyeah hellraiser angel1 angels angeleyes
angelface angelito angelo1 devil devils devilmaycry demon demons lucifer satan satan666 666 666666 777 777777 999 999999
trustno trustno1 trustme trustnoone trust nobody noone nothing whatever whatever1 whatsup wassup whoami whocares whynot
whatthe whatthehell wtf lol lollol lolol lolita rofl lmao haha hahaha hahahaha hehehe hihihi blah blahblah blahblahblah yeah
yeahbaby ohyeah yahoo yahoo1 google google1 gmail hotmail facebook myspace youtube twitter instagram tiktok
amazon ebay paypal microsoft windows windowsxp windows7 windows10 linux ubuntu debian redhat macintosh macbook apple1 iphone
ipad ipod android samsung nokia motorola blackberry sony sonyericsson ericsson panasonic toshiba dell compaq lenovo thinkpad
packard hewlett packardbell intel pentium nvidia geforce radeon logitech cisco oracle database server service services network
networks internet wireless computer computers laptop desktop keyboard monitor printer software hardware hacker hackers hacked
hacking hackme hack matrix1 cyber cyberpunk digital binary program programmer coding coder developer develop webmaster website
web online offline email mail mymail myemail password2 office officejet business company manager management director
marketing sales finance accounting money moneys moneymoney moneyman makemoney cash cashmoney dollar dollars dollarbill million
millionaire billion rich richie1 wealthy bank banker banking bitcoin crypto gold golden goldie goldfinger silver silverado
silverfox diamond diamonds platinum crystal1 emerald ruby sapphire pearl pearls topaz amber1 jade onyx bronze copper steel
school schools highschool college university student students teacher teachers teach study class classof classic homework science
scientist history math mathematics physics chemistry biology english1 library einstein newton darwin galileo tesla
doctor doctorwho nurse nurses medical medicine hospital dentist lawyer police policeman cop soldier soldiers military army
armystrong navy navyseal marine marines semperfi airforce airborne ranger rangers1 sniper shooter gunner gun guns gunslinger
bullet bullets weapon weapons sword swordfish swords knight knights blackknight darkknight whiteknight warrior warriors1 warlord
warlock wizard wizards magic magical magician merlin mystic mystical mystery phantom ghost ghosts ghostrider shadow shadows shadowfax
shadowman darkness dark darkside darkangel darkstar darklord darkone midnight night nightmare nightmares nighthawk nightwing
nightwish nightowl day daydream dream dreams dreamer dreaming dreamland dreamgirl lucky lucky1 luckyme luckydog luckystar
luckycharm charm charming chance destiny1 fate fortune fortuna karma zen buddha budda yinyang infinity1 eternity eternal
forever foreverlove forever21 always alwaysandforever never neverever neverland nevermind nevergiveup nevermore remember
rememberme memories memory forget forgetme forgetit forgot forgotten forgetmenot
master masters masterkey mastermind grandmaster masterpiece webmaster1 masterp commander chief boss bigboss theboss
bossman bosslady boss123 captain1 hero heroes legend legends legendary champ champs champion1 victory glory glorious
power powers powerful powerranger powerrangers powerhouse max1 mad madman madness madmax crazy crazygirl crazyboy
crazycat crazy1 psycho insane maniac wild wildthing wildchild wildfire killer killers killerbee killbill killme killkill
kill killua assassin assassins ninja ninjas samurai shogun shinobi pirate pirates piratesofthecaribbean jacksparrow
bigdaddy bigboy bigboss1 bigman bigmac bigred bigfoot bigben bigbang bigbird bigbrother bigtime bigone daddy daddysgirl
daddyslittlegirl daddy1 dad father mother mothers mommy mom momdad momanddad mummy mama mamamia mamapapa papa papamama
family families brother brothers sister sisters grandma grandpa wife husband son daughter uncle cousin cousins friend
friends friendship bestfriend bestfriends friendsforever bff bffs buddy buddy1 buddies boyfriend girlfriend boys boy girls girl
girlpower girlie gangster gangsta thug thuglife thugs ghetto hustler hustle pimp pimpin pimping player2 playa
blessed1 sexy sexyback sexybitch sexyboy sexygirl sexylady sexymama sexyme sexy1 sex sexsex sexual sexygirls
hottie hotties hotstuff hotgirl hotboy hotsex hot hotmama hotmail1 beautiful beauty beautifulgirl beautyqueen gorgeous pretty
prettyboy prettywoman cute cutie cuties cutiepie cutegirl cuteboy handsome lovelygirl adorable awesome awesomeness amazing
fabulous fantastic perfect perfection perfecto special specialk unique excellent brilliant genius smart smarty smartass clever
happy happyday happyfeet happygirl happylife happyme happyness happiness happy1 joy joyful joyjoy enjoy smile smiles smiley
smiling keepsmiling laugh laughter laughing funny funnyman funtime fun funfun cool cooldude coolguy coolgirl coolman coolcat
coolio coolkid coolbeans coolness chill chillin relax relaxed stupid stupidme idiot moron loser losers dork nerd nerds geek
dummy dumbass crap damn damnit dammit asshole assholes asshole1 bitch bitches bitchy bastard bullshit shit shithead fuck
fucker fuckers fucking fuckme fuckoff fuckthis fuckyou fuckyou1 fuckyou2 fuckit fuckyouall fuckfuck motherfucker
dickhead bollocks wanker tosser arsehole merde putain puta puto mierda pendejo cabron joder scheisse arschloch kurwa cazzo
vaffanculo suka blyat boobs boobies tits titties bigtits penis vagina porn pornstar porno naked nude hooters horny
blowjob blowme bondage lesbian lesbians biteme bite eatme kissme kiss kisses kissmyass kissthis kisskiss hugs hugsandkisses
xoxo xoxoxo xoxoxoxo suckit suckme sucker smokeweed weed weed420 smoke smoker smokey marijuana cannabis ganja hightimes stoner
blunt cocaine heroin drugs drug alcohol drunk party partytime partyanimal
blue bluebell bluejay bluefish bluedog bluegreen blueeyes bluebear blues1 red redred redhead redneck redrum reddog redbaron
green greenday1 greeneyes greentea greenapple greenbay yellow yellow1 purple purple1 purplerain purplehaze pink pinkpink
pinky pinkie pinkfloyd1 pinklady black blackcat blackjack blackbird blackhawk blackheart blackpearl blackstar blackout
blackwhite blackberry1 white whitey whitesox whitewolf whitetiger whiterose brown browneyes browns orange1 gray grey
scarlet crimson violeta indigo turquoise magenta rainbow1 colors colour
buster buster1 max123 maxie maxmax rocky1 rockyou rockyou1 rockon rockme sparky sparkle sparkles sparkplug spike spikey
shadow1 smokey1 ginger gingerbread molly1 maggie1 bailey cooper tucker charlie1 sadie lucky7 duke1 bear1 bandit bandits
precious princess1 oreo1 pepper1 sammy1 jake1 gizmo scooter scooters cocoa coco fluffy snuggles snickers1 muffin1 missy misty
tinker1 tinkerbell1 boomer hunter1 hunting dexter diesel dakota2 harley1 marley1 rusty rascal casper cassie1 chester chico
chloe1 cleo cody angel2 baxter beau bella1 boo booboo boogie bubba bubba1 bubbles bubble bubblegum dusty felix1 frisky george1
goober jasper jack1 kitkat lady ladybug1 lucy1 maxx mickey1 midnight1 mimi mittens nala oscar1 patches peaches1 peanut1
pebbles penny poppy puppy1 rex romeo1 roxy roxie sassy sassygirl shelby1 simba1 skippy smudge socks sophie1 taz tazmania tazman
teddy thumper tigger1 toby trixie whiskers ziggy zeus zorro apollo athena hercules achilles odin loki poseidon
hades ares artemis venus mercury jupiter saturn uranus neptune pluto1 galaxy universe cosmos space spaceman spaceship spacejam
astronaut rocket rocketman rockets1 nasa apollo11 apollo13 orion andromeda nebula eclipse solar lunar comet meteor aurora
explorer voyager discovery enterprise enterpri challenger columbia atlantis endeavour pathfinder pioneer adventure adventures
travel traveler traveller journey wanderer nomad gypsy hippie peace1 woodstock1 vintage retro classic1 antique
trinity1 gateway heritage renegade rebel rebels outlaw outlaws maverick1 cowboy1 cowgirl rodeo bronco1 wrangler1 desperado
tango salsa samba bachata flamenco merengue mambo cha chacha picasso mozart beethoven bach chopin vivaldi shakespeare
hamlet othello romeojuliet romeoandjuliet macbeth odyssey illiad iliad
orchidea margherita amore amoremio amorcito tiamo teamo teamomucho tequiero tequieromucho mivida miamor miangel mibebe
corazon corazones hermosa hermoso bonita bonito linda1 estrella estrellas estrellita mariposa mariposas princesita
chiquita chiquito muneca bebe bebita bebito nena nene gatito gatita perro perrito conejo conejito pollito tortuga
familia hermano hermana hermanos amigos amigo amiga amigas amistad felicidad feliz libertad esperanza
secreto contraseñas clave claves miclave hola holahola holamundo buenosdias jesucristo diosesamor dios cristo
jetaime jtaime doudou loulou chouchou cheval soleil bonjour bonjour1 coucou salut bonheur amour monamour famille
chocolat1 nounours poussin chaton chatte chien marseille azertyui azerty123 azerty1 toulouse bordeaux lyon
schatz schatzi liebe ichliebedich hallo hallohallo hallo123 hallowelt sommer sonne sonnenschein schalke schalke04 fussball
frankfurt stuttgart muenchen dortmund werder bremen blume blumen katze hund hase engel mausi maus baerchen
ciao ciaociao buongiorno juventus1 forzajuve forzamilan forzainter napoli sicilia stellina tesoro amoreamore
teamo1 obrigado saudade brasileiro felicidade princesinha gatinha gatinho meuamor amormeu deusefiel jesuscristo deus
privet lubov lyubov solnce solnyshko zvezda rossiya spartak zenit natasha1 qwertyu ytrewq1 marinka nastya
aishiteru doraemon konnichiwa arigato samuraix woaini woaini1314 woaini520 wodemima mima
canim askim seni seviyorum seniseviyorum turkiye1 fenerbahce1907 galatasaray1905 cimbom
sayang cinta sayangku rahasia bismillah inshallah mashallah alhamdulillah allah allahuakbar allahis islam muslim
mahal mahalko mahalkita akoito pogi ganda pinoyako bulaklak
trustnow nopassword nopass none noneofyour nothing1 mypc mycomputer letmesee openit openthedoor open123 knockknock
iamtheone iamgod iamking iamcool iamme itsme itsmeagain imthebest imcool thebest thebest1 thebeast thebomb theking theone
theman thegame therock thekiller thematrix theduke thecure bethebest number number1 numberone one onelove oneone onetwo
onetwothree two three four five six seven eight nine ten onemoretime hundred thousand
superman1 batman1 rockstar1 sunshine1 football1 monkey1 dragon1 letmein1 shadow12 master1 michael1 ashley1
correcthorsebatterystaple correcthorse battery batteries staple horsebattery
zaqwsx zaqwsxcde qazplm plmokn okmijn mkonji bhunji vgybhu cftvgy xswzaq edcwsx rfvedc tgbyhn yhnujm ujmikl
fghj fghjkl ghjk ghjkl hjkl jkl jklm uiop yuiop tyui rtyu wert wertyu sdfg sdfgh dfgh dfghjk xcvb xcvbnm cvbn vbnm
ncc1701 ncc1701d thx1138 ou812 rush2112 bond007 jamesbond jamesbond007 agent007 agent 8675309 hal9000 r2d2c3po r2d2 c3po
area51 catch22 fahrenheit451 apollo1 nirvana1 cheese1 computer1 internet1 server1 welcome1 hello1 access14 mustang1
mobile phone telephone cellphone smartphone camera picture pictures photo photos photography video videos movie movies
cinema television radio theater theatre actor actress fashion model models style stylish makeup lipstick shopping shopaholic
shoes nike adidas puma1 reebok converse vans gucci prada chanel armani versace dior rolex lacoste
engine engineer engineering mechanic welder builder building construction carpenter plumber electric electrician electro
trucks truck trucker trucking tractor farmer farmers farm ranch driver drivers driving drive pilot pilots airplane aircraft
airbus boeing helicopter train trains railroad subway bicycle bike biker bikers motorbike motocross motorcycle kawasaki1
boat boats sailing sailor sailboat titanic1 submarine anchor harbor lighthouse
trouble troublemaker danger dangerous toxic poison venom virus zombie zombies skull skulls skeleton death deathnote deathstar
dead deadman deadpool1 graveyard vampire1 dracula frankenstein monster monsters monster1 cookiemonster frankie1 chucky freddykrueger
jigsaw saw hannibal hitman sniper1 bloody blood bloodline bloods crips gangbang gang1 westside eastside southside northside
chicano latino latina latinos mexicano mexicana azteca aztecas cholo chola vato lowrider
`
