import { ENGLISH_TEMPLATES } from './english-templates.ts'
import type { DialogueLanguage } from './language.ts'

export const ENGLISH: DialogueLanguage = {
  acts: {
    greet: `
      hello | hi | hey | hiya | hello there | hi there | hey there | good morning | good afternoon | good evening |
      morning | evening | greetings | howdy | 👋
    `,
    thank: `
      thanks | thank you | thank you very much | thank you so much | thanks a lot | many thanks | cheers | ta | thx |
      ty | great thanks | perfect thanks | thats great thanks | thats all thanks | awesome thanks | brilliant thanks |
      lovely thanks | much appreciated | great | perfect | brilliant | awesome | nice | cool | 🙏
    `,
    bye: `
      bye | goodbye | bye bye | see you | see you later | good night | thats all | that is all | thats it |
      nothing else | that will be all | im done | i am done | no thats all | no thats it | no thanks bye
    `,
    yes: `
      yes | y | yep | yeah | yea | yup | ya | aye | sure | ok | okay | k | fine | correct | right | thats right |
      that is right | thats correct | that is correct | of course | absolutely | definitely | certainly | go ahead |
      do it | go for it | sounds good | looks good | confirm | confirmed | i confirm | i do | agreed | yes i am sure |
      im sure | i am sure | 👍 | ✅
    `,
    no: `
      no | n | nope | nah | no way | not really | dont | do not | no thanks | no thank you | i dont | i do not |
      not now | not yet | wrong | thats wrong | that is wrong | thats not right | that is not right | incorrect |
      thats incorrect | not correct | not quite | neither | none | none of them | none of these | none of those |
      neither of them | something else | no it isnt | it isnt | 👎 | ❌
    `,
    cancel: `
      cancel | cancel that | cancel this | cancel it | stop | stop it | stop that | abort | quit | exit | never mind |
      nevermind | nvm | forget it | forget that | forget about it | leave it | drop it | i changed my mind |
      ive changed my mind | changed my mind | dont bother | i dont want to do this | i dont want this |
      i dont want to | no cancel | no stop | no never mind | no forget it | no leave it | actually never mind |
      actually cancel | actually cancel that | oh never mind | wait cancel | wait stop | dont do it | do not do it |
      dont send it | dont do that | scrap that
    `,
    skip: `
      skip | skip it | skip this | skip that | pass | next | next question | i dont know | dont know | i do not know |
      idk | no idea | not sure | im not sure | i am not sure | doesnt matter | it doesnt matter | dont care |
      i dont care | i dont mind | dont mind | no preference | any | anything | whatever | none in particular |
      id rather not say | rather not say
    `,
    repeat: `
      repeat | repeat that | repeat it | say that again | say it again | again | again please | come again | pardon |
      what | what did you say | what was that | sorry what | huh | could you repeat that | can you repeat that |
      what was the question | whats the question | what did you ask | i didnt get that | i didnt catch that |
      i missed that
    `,
    undo: `
      undo | undo that | undo it | undo this | go back | back | take that back | take it back | revert | revert that |
      reverse that | previous | step back | one step back | go back one step | back up | oops | i made a mistake |
      that was a mistake | my mistake
    `,
    help: `
      help | help me | i need help | can you help | can you help me | what can you do | what can you do for me |
      what can you help with | what can you help me with | what do you do | what can i do | what can i ask |
      what can i ask you | what can i say | how can you help | how can you help me | how does this work |
      how do you work | options | menu | show me the menu | show options | what are my options | commands | ? |
      what else can you do
    `,
    'start-over': `
      start over | start again | restart | reset | begin again | from the beginning | start from scratch |
      start afresh | new conversation | clear | clear chat | clear the chat | lets start over | lets start again |
      start from the beginning | new chat
    `,
    person: `
      human | a human | person | a person | real person | a real person | agent | an agent | operator |
      representative | a representative | advisor | adviser | customer service | customer support | live chat |
      live agent | talk to a human | talk to a person | talk to a real person | talk to someone | talk to somebody |
      talk to an agent | talk to a representative | speak to a human | speak to a person | speak to a real person |
      speak to someone | speak to somebody | speak to an agent | speak to an advisor | speak to an adviser |
      speak to a representative | speak with a human | speak with someone | speak with an agent |
      speak to customer service | speak to your manager | speak to a manager | get me a human | get me a person |
      give me a human | human please | connect me to a human | connect me to an agent | connect me with an agent |
      connect me to a person | put me through to someone | put me through to a person | transfer me to an agent |
      transfer me to a human | i want a human | i want a person | i need a human | i need a person |
      i want to talk to a human | i want to talk to a person | i want to talk to someone |
      i want to speak to a human | i want to speak to someone | i want to speak to a person | is there a human |
      let me talk to a human | let me speak to someone | let me speak to a human | chat with a human |
      chat with a person | contact support
    `,
  },
  polite: `
    please | pls | plz | um | uh | er | erm | hmm | well | oh | ah | so | just | then | now | sorry | kindly |
    thanks | hi | hey | hello | ok | okay | mate | thank you | can you | could you | would you | can i | could i |
    may i | i want to | i would like to | id like to | id like | i d like to | i need to | lets | actually |
    for me
  `,
  filler: `
    it | its | is | the | a | an | my | to | make | be | should | that | this | i | id | want | would | like |
    think | please | of | for | and | or | in | on | at | from | by | with | one | number | no | yes | ok | not |
    but | use | take | put | go | me | meant | mean | actually | sorry | thanks | thank | you | about | around |
    just | only | option | instead | how | what | same | let | say | lets | was | were | are | account | order |
    card | um | uh | well | oh | then | also | choose | pick | prefer | rather | hmm | wait | did | do | there |
    under | over | between | up | than | less | more | below | above | change | set
  `,
  affirming: `
    yes | yep | yeah | yea | yup | ok | okay | sure | please | do | it | that | this | thats | is | go | ahead |
    right | correct | fine | good | great | perfect | confirm | confirmed | confirming | send | pay | the | my |
    now | thanks | thank | you | i | am | im | absolutely | definitely | of | course | looks | sounds | all |
    exactly | them | money | proceed | continue | want | to | for | me | a | an | with
  `,
  correcting: `
    no | nope | actually | i meant | i mean | sorry | oops | wait | correction | rather | make it | make that |
    change it to | change that to | not | instead | i said | thats wrong | that is wrong | wrong | yes but |
    ok but | but | it should be | should be | my mistake | change
  `,
  correctingAfter: `
    instead | rather
  `,
  changing: `
    change | wrong | different | another | edit | correct | incorrect | fix | update | modify | other | switch |
    isnt | not
  `,
  continuing: `
    and | what about | how about | and what about | and how about | same for | the same for | also | and for |
    and in | and on | now | ok and | what if | or | but what about | as well as | plus
  `,
  asking: `
    what | whats | where | wheres | when | whens | who | whos | why | how | hows | which | can | could | do | does |
    did | is | are | will | would | should | have | has | am | may | show | tell
  `,
  pronouns: `
    it | that | this | them | these | those | same | its
  `,
  not: `
    not | isnt | no
  `,
  templates: ENGLISH_TEMPLATES,
}
