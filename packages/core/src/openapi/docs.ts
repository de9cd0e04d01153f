import type { TillwrightContract } from '../contract/index.ts'

interface RouteDocs {
  /** A line, imperative. */
  readonly summary: string
  readonly description?: string
}

type Docs = { readonly [D in keyof TillwrightContract]: { readonly [R in keyof TillwrightContract[D]]: RouteDocs } }

/** Words for people, apart from the contract so that they are in no browser bundle. A route without them does not compile. */
export const docs: Docs = {
  system: {
    alive: { summary: 'Tell whether the process runs' },
    startup: {
      summary: 'Tell whether start-up is finished',
      description: 'Answers 503 until all migrations are applied.',
    },
    ready: {
      summary: 'Tell whether to send traffic here',
      description:
        'Answers 503 while starting, while draining before a stop, and while the database is away. Lists each check, ' +
        'embedded defaults that stand in for a missing provider included.',
    },
    health: { summary: 'Give version and uptime' },
    databaseHealth: { summary: 'Measure one round trip to the database' },
  },
  auth: {
    jwks: { summary: 'Get the public keys of access tokens' },
    register: {
      summary: 'Ask for an account',
      description: 'Answers the same whether the address has an account or not; its owner gets a mail either way.',
    },
    login: {
      summary: 'Sign in with a password',
      description:
        'Unknown address, wrong password, locked account and account without a password answer the same. ' +
        'After 5 failures an account is locked for 15 minutes, except for browsers that have been signed in before.',
    },
    twoFactor: { summary: 'Finish signing in with a code' },
    refresh: {
      summary: 'Get new tokens',
      description:
        'Each refresh token is good once. The same call within 30 seconds gets the same successor; later, the session ends.',
    },
    logout: { summary: 'Sign out' },
    session: {
      summary: 'Tell whether a browser is signed in',
      description: 'Answers 200 either way, so that a page can ask before anybody has signed in.',
    },
    validate: { summary: 'Tell whom an access token speaks for' },
    verifyEmail: { summary: 'Confirm an address with a mailed token' },
    resendVerification: { summary: 'Ask for another mail to confirm an address' },
    forgotPassword: { summary: 'Ask for a link to choose a new password' },
    resetPassword: {
      summary: 'Choose a password with a mailed token',
      description: 'Also for invitations. Ends all sessions; a second factor stays.',
    },
    requestMagicLink: { summary: 'Ask for a link to sign in with', description: 'It works for 10 minutes, once.' },
    useMagicLink: { summary: 'Sign in with a mailed link' },
    reauthenticate: {
      summary: 'Prove again who one is',
      description: 'Opens for five minutes what needs a fresh proof: second factor, e-mail address, removal.',
    },
  },
  account: {
    get: { summary: 'Get one’s own account' },
    update: { summary: 'Change name and preferences' },
    changePassword: { summary: 'Change one’s password', description: 'Ends all other sessions.' },
    changeEmail: { summary: 'Ask to change one’s e-mail address' },
    sessions: { summary: 'List one’s own sessions' },
    endSession: { summary: 'End one of one’s own sessions' },
    startTwoFactor: { summary: 'Begin to set up an authenticator' },
    confirmTwoFactor: { summary: 'Switch the second factor on', description: 'Recovery codes are shown this once.' },
    removeTwoFactor: { summary: 'Switch the second factor off' },
    newRecoveryCodes: { summary: 'Get new recovery codes', description: 'The old ones stop working.' },
    exportData: { summary: 'Get everything that is kept about one' },
    remove: { summary: 'Remove one’s account', description: 'It can be brought back for 30 days, then it is erased.' },
  },
  identities: {
    providers: { summary: 'List the providers that people may sign in with' },
    start: {
      summary: 'Begin to sign in with a provider',
      description:
        'Send the browser to `url`. The browser gets a cookie for ten minutes, without which `finish` is refused, so the call must ' +
        'come from a page of the server’s own or of an allowed origin, with credentials.',
    },
    finish: {
      summary: 'Finish signing in with a provider, or linking one',
      description:
        'Takes what the provider added to the address of `/auth/{provider}/callback`, once. Where an account has the address ' +
        'already, the answer is `proof_needed`: the next sign-in to that account in the same browser, within ten minutes, links ' +
        'the provider. Sessions begin in cookies; there is no way to get tokens here.',
    },
    list: { summary: 'List the providers that open one’s account' },
    link: {
      summary: 'Begin to link a provider to one’s account',
      description: 'For sessions in cookies that are fresh. Send the browser to `url`.',
    },
    unlink: {
      summary: 'Take a provider away from one’s account',
      description: 'Not the last way in: without a password, one provider stays. Ends all other sessions.',
    },
  },
  products: {
    list: {
      summary: 'List or search products',
      description: 'In the order of their ids. A publishable key sees visible products only.',
    },
    get: { summary: 'Get one product' },
    upsert: {
      summary: 'Create or replace products',
      description:
        'Up to 1,000 a call, by id. A product is replaced whole; one that is equal already is counted as unchanged.',
    },
    remove: { summary: 'Delete a product', description: 'Past orders keep its id and name.' },
    import: {
      summary: 'Import a file of products',
      description:
        'The file is the request body, CSV with a header row or JSON lines. Answers with the job that reads it.',
    },
  },
  customers: {
    list: { summary: 'List or search customers' },
    get: { summary: 'Get one customer' },
    upsert: { summary: 'Create or replace customers', description: 'Up to 1,000 a call, by id.' },
    remove: {
      summary: 'Erase a customer',
      description: 'Takes the customer off their orders and events, which stay as anonymous facts.',
    },
    import: {
      summary: 'Import a file of customers',
      description:
        'The file is the request body, CSV with a header row or JSON lines. Answers with the job that reads it.',
    },
  },
  orders: {
    list: { summary: 'List orders, newest first' },
    get: { summary: 'Get one order with its lines' },
    upsert: {
      summary: 'Create or replace orders',
      description:
        'Up to 500 a call, by id, each with all of its lines. Negative quantities are pieces that came back; an order that ' +
        'holds nothing else is a return and never counts as a sale.',
    },
    import: {
      summary: 'Import a file of order lines',
      description:
        'The file is the request body, CSV with a header row or JSON lines, one order line a row. A row that cannot be read ' +
        'never stops the import: it goes to the reject file of the job, with its line number and the reason. Importing a ' +
        'file again changes nothing.',
    },
  },
  events: {
    send: {
      summary: 'Store events',
      description:
        'Answers once they are on disk. An event whose id is known already is counted as a duplicate and dropped.',
    },
    list: { summary: 'List events, newest first' },
  },
  accounts: {
    list: {
      summary: 'List accounts with their balances',
      description: 'One’s own; of those with `ledger:read`, all accounts of the tenant.',
    },
    create: { summary: 'Open an account' },
    get: { summary: 'Get an account with its balance' },
    update: { summary: 'Change, archive or bring back an account' },
    remove: { summary: 'Remove an account without transactions' },
  },
  transactions: {
    list: { summary: 'List transactions, newest first' },
    create: {
      summary: 'Add a transaction',
      description:
        'Amounts are minor units of the account’s currency, negative where money goes out. Without `categoryId`, ' +
        'rules and then the tenant’s categoriser choose, or `needsReview` says that they ask.',
    },
    export: { summary: 'Export transactions as CSV' },
    summary: { summary: 'Sum up transactions by category, merchant, month or account' },
    transfer: { summary: 'Move money between two accounts' },
    get: { summary: 'Get a transaction' },
    update: { summary: 'Change a transaction, or choose its category' },
    remove: { summary: 'Remove a transaction, or both sides of a transfer' },
    split: { summary: 'Put parts of a transaction into categories' },
    filters: { summary: 'List saved filters' },
    saveFilter: { summary: 'Save a filter' },
    removeFilter: { summary: 'Remove a saved filter' },
  },
  categories: {
    list: { summary: 'List categories' },
    create: { summary: 'Add a category' },
    budgets: { summary: 'Show the budgets of a month and what of them is gone' },
    update: { summary: 'Rename or move a category' },
    remove: { summary: 'Remove a category' },
    setBudget: { summary: 'Set the budget of a category' },
    removeBudget: { summary: 'Remove the budget of a category' },
  },
  categoryRules: {
    list: { summary: 'List rules that choose categories, in the order in which they are asked' },
    create: { summary: 'Add a rule that chooses a category' },
    replace: { summary: 'Replace a rule' },
    remove: { summary: 'Remove a rule' },
    apply: { summary: 'Ask rules and categoriser again about what no person decided' },
    categoriser: { summary: 'Tell how good the tenant’s categoriser is' },
  },
  statements: {
    list: { summary: 'List uploaded statements' },
    upload: {
      summary: 'Upload a bank’s file and see what it would add',
      description:
        'OFX, QIF, CAMT.053, MT940 or CSV, as the body. Where it can be read in two ways, `questions` says what to ' +
        'tell with an update. Nothing is added before it is committed.',
    },
    get: { summary: 'Get a statement' },
    rows: { summary: 'List the entries of a preview, each with what a commit does with it' },
    update: { summary: 'Read the file once more, in another way' },
    commit: { summary: 'Add what is new, all of it or nothing' },
    undo: { summary: 'Take back what a commit added' },
  },
  bills: {
    list: { summary: 'List bills, what is due first' },
    create: { summary: 'Enter a bill' },
    detect: { summary: 'Look for payments that come back' },
    get: { summary: 'Get a bill with its latest payments' },
    update: { summary: 'Change a bill, or take a suggestion on' },
    remove: { summary: 'Remove a bill' },
    pay: { summary: 'Mark what is due as paid' },
  },
  recommendations: {
    list: {
      summary: 'Recommend products',
      description:
        'Each item comes with the reason for it, as data and as a sentence. Where the way asked for has too little to say, ' +
        'the next one fills up: `strategies` names those that were tried. Hidden and sold-out products are never among them.',
    },
    ask: {
      summary: 'Recommend products, with everything that can go with a question',
      description:
        'A cart of any size, what the shopper bought and looked at, filters, diversity. `customerId` and hidden products are ' +
        'for secret keys: a page must not ask what a customer bought.',
    },
    device: {
      summary: 'Get what a browser needs to answer by itself',
      description:
        'The address of the small form of the model, and the shelf: products, rules and settings as pages may know them. Send ' +
        'the stamp of what you keep, and an unchanged shelf is not sent again.',
    },
    createBatch: {
      summary: 'Ask many questions at once',
      description: 'Up to 1,000. Answers with the job; GET the batch by its id for the answers.',
    },
    batches: { summary: 'List batches, newest first' },
    batchStatistics: { summary: 'Count batches by state, and the answers they gave' },
    batch: { summary: 'Get a batch and, once it is done, its answers' },
    retryBatch: { summary: 'Put a failed batch back in the queue' },
    report: {
      summary: 'Report what recommendations earned',
      description:
        'Shown, clicked and ordered, strictly by product and by last click; with a holdout, what visitors who were shown ' +
        'recommendations ordered beside those who were not, and how sure that difference is.',
    },
  },
  receipts: {
    list: {
      summary: 'List receipts, newest first',
      description: 'Of a person who is signed in their own, for the shop all.',
    },
    issue: {
      summary: 'Issue a receipt',
      description:
        'For an order, a transaction or lines of its own. An order has one receipt: asking again gives the same.',
    },
    get: { summary: 'Get a receipt' },
    document: {
      summary: 'Get a receipt as JSON, text, HTML or PDF',
      description: 'In the form of `format`, or else of `Accept`, or else JSON.',
    },
    ofTransaction: { summary: 'Get the receipt of a transaction or an order, as JSON, text, HTML or PDF' },
    resend: {
      summary: 'Mail a receipt once more',
      description:
        'Whoever may read it chooses the address. Anybody else names that of the buyer and gets the same answer whether it is.',
    },
    credit: { summary: 'Issue a credit note', description: 'For some lines, or for all that has not come back.' },
    settings: { summary: 'Get how receipts look and are numbered' },
    saveSettings: { summary: 'Change how receipts look and are numbered' },
  },
  recommendationRules: {
    list: { summary: 'List rules, oldest first' },
    create: {
      summary: 'Make a rule',
      description:
        'Pins, boosts, buries or excludes products, or allows only some; everywhere or for kinds, places, carts and times.',
    },
    replace: { summary: 'Replace a rule' },
    remove: { summary: 'Remove a rule' },
    preview: {
      summary: 'Try rules',
      description:
        'Answers a question as all rules would have it, a draft included, and says what each of them changes.',
    },
    settings: { summary: 'Get settings of recommendations' },
    setSettings: { summary: 'Set diversity, margin and holdout' },
  },
  models: {
    current: { summary: 'Get the model that answers now' },
    list: { summary: 'List models, newest first' },
    download: {
      summary: 'Download a model file',
      description: 'The address is the SHA-256 of the content, which therefore never changes.',
    },
    train: {
      summary: 'Train a new model',
      description: 'Queues a job that learns from all orders so far. One that is queued already is not queued twice.',
    },
    register: {
      summary: 'Keep a model that was trained elsewhere',
      description: 'The file is the request body, as `trainRecommender` wrote it. It answers once it is activated.',
    },
    activate: {
      summary: 'Make a model the one that answers',
      description: 'With `hold`, trainings that follow are kept but do not take its place.',
    },
    rollback: {
      summary: 'Go back to the model that answered before',
      description: 'Holds it: activate a model without `hold` to follow trainings again.',
    },
    activation: { summary: 'Get which model answers, and whether it is held' },
    compare: {
      summary: 'Let two models answer side by side',
      description: 'A visitor gets one of them, always the same. One pair at a time.',
    },
    comparison: { summary: 'Get the comparison under way, and what it shows so far' },
    endComparison: { summary: 'End the comparison, and say which model answers from now on' },
  },
  chat: {
    send: {
      summary: 'Say something to the assistant',
      description:
        'Answers JSON, or server-sent events where Accept asks for text/event-stream. A message that is sent twice under one ' +
        'clientMessageId is answered once.',
    },
    start: { summary: 'Begin a conversation with a greeting' },
    conversations: { summary: 'List the conversations of the account that is signed in' },
    messages: { summary: 'Read messages of a conversation' },
    updates: { summary: 'Follow what is said in a conversation' },
    rename: { summary: 'Rename a conversation' },
    remove: { summary: 'Remove a conversation' },
    export: { summary: 'Get a conversation as a file' },
    mailTranscript: { summary: 'Mail a conversation to the address of the account' },
    claim: { summary: 'Hand an anonymous conversation over to the account that is signed in' },
    device: { summary: 'Get what a browser needs to answer by itself' },
    model: { summary: 'Get a model of intents' },
  },
  chatDesk: {
    list: { summary: 'List conversations, those first that wait for a person' },
    read: { summary: 'Read a conversation' },
    take: { summary: 'Answer a conversation oneself' },
    assign: { summary: 'Give a conversation to another person' },
    say: { summary: 'Say something to a visitor' },
    giveBack: { summary: 'Let the assistant answer again' },
    remove: { summary: 'Remove a conversation' },
    settings: { summary: 'Get the settings of the assistant' },
    setSettings: { summary: 'Change the settings of the assistant' },
    intents: { summary: 'List what the assistant can understand' },
    unanswered: { summary: 'List what was not understood' },
    teach: { summary: 'Turn questions that were not understood into examples' },
    dismiss: { summary: 'Drop questions that were not understood' },
    examples: { summary: 'List the examples of the tenant' },
    addExample: { summary: 'Add an example' },
    removeExample: { summary: 'Remove an example' },
    models: { summary: 'List the models of intents' },
    train: { summary: 'Train a model of intents' },
    activate: { summary: 'Let a model of intents answer' },
    rollback: { summary: 'Go back to the model of intents that answered before' },
  },
  jobs: {
    list: { summary: 'List jobs, newest first' },
    get: { summary: 'Get one job' },
    watch: {
      summary: 'Follow a job',
      description: 'Server-sent events: the job now, again at each change, and `end` when it is done or dead.',
    },
    retry: { summary: 'Retry a dead job' },
    rejects: { summary: 'Download the rows that an import refused' },
  },
  status: {
    get: { summary: 'Get what the console shows' },
  },
  users: {
    invite: {
      summary: 'Invite somebody',
      description: 'They get a mail with a link and choose their password themselves: nobody sets it for them.',
    },
    list: { summary: 'List or search people', description: 'Without a status, everybody who is not removed.' },
    get: { summary: 'Get one person' },
    update: {
      summary: 'Change a person',
      description:
        'Changes what is given. A change of role and a suspension end the person’s sessions at once. Nobody changes their own ' +
        'role, gives a role that may do more than their own, or takes its last owner from a tenant. It can be undone for 24 hours.',
    },
    undo: { summary: 'Take back the last change of a person', description: 'Within 24 hours.' },
    remove: {
      summary: 'Remove a person',
      description: 'They can be brought back for 30 days; then everything about them is erased.',
    },
    restore: { summary: 'Bring a removed person back', description: 'Within 30 days.' },
    sendPasswordLink: { summary: 'Mail a person a link to choose a password' },
    sessions: { summary: 'List the sessions of a person' },
    endSessions: { summary: 'End all sessions of a person' },
    impersonate: {
      summary: 'Act as another person',
      description:
        'For a quarter of an hour, with a reason that the audit log keeps. Never as somebody who may do more than oneself. ' +
        '`/auth/validate` names who really acts.',
    },
    bulk: {
      summary: 'Do the same to many people',
      description: 'Answers with a job. Its result names those whom it could not touch, and why.',
    },
    export: {
      summary: 'Export people as CSV',
      description: 'Cells that a spreadsheet would take for a formula are made text.',
    },
    import: {
      summary: 'Invite everybody whom a CSV names',
      description:
        'The file is the request body. Columns `email`, `name` and `language` count; all others, such as `role`, `id` or ' +
        '`password`, are passed over. Answers with the job that reads it; refused rows are in its report, by line. Whoever has ' +
        'an account already stays as they are.',
    },
    undoImport: {
      summary: 'Undo an import of people',
      description:
        'Within 30 days. Answers with a job that removes whom the import invited, less those who have accepted.',
    },
  },
  roles: {
    list: { summary: 'List roles and what they may do' },
    get: { summary: 'Get one role' },
    put: {
      summary: 'Make or change a role of the tenant',
      description: 'It holds no permission that its maker lacks. Built-in roles stay as they are.',
    },
    remove: { summary: 'Remove a role of the tenant', description: 'Only one that nobody has.' },
  },
  webhooks: {
    list: { summary: 'List webhooks' },
    create: {
      summary: 'Register a webhook',
      description:
        'Needs a proof of the last five minutes. The address must be https and public. The secret is shown this once; ' +
        'messages are signed after Standard Webhooks.',
    },
    get: { summary: 'Get a webhook' },
    update: {
      summary: 'Change address, events, description or state of a webhook',
      description: 'Needs a proof of the last five minutes.',
    },
    remove: { summary: 'Remove a webhook', description: 'What was on its way to it is dropped.' },
    rotateSecret: {
      summary: 'Give a webhook a new secret',
      description: 'For 24 hours messages carry two signatures, by the new secret and the one before.',
    },
    test: {
      summary: 'Send a test message',
      description: 'Once, without further tries: look for it among the deliveries.',
    },
    deliveries: { summary: 'List the deliveries of a webhook', description: 'Newest first, of the last 30 days.' },
    retryDelivery: { summary: 'Send a message again that was given up or delivered' },
  },
  webhookSources: {
    list: { summary: 'List who may send events' },
    create: {
      summary: 'Register somebody who sends events',
      description: 'Needs a proof of the last five minutes. The answer says where the events are to go.',
    },
    update: { summary: 'Change name or secret of a source', description: 'Another secret counts at once.' },
    remove: { summary: 'Remove a source, with what it sent' },
    events: { summary: 'List the events of a source', description: 'Newest first, of the last 30 days.' },
    event: {
      summary: 'Get an event of a source',
      description: 'With its body, where nothing on the server handled it.',
    },
    receive: {
      summary: 'Take an event of a source',
      description:
        'Signed as the scheme of the source says. To whoever did not sign with its secret the source does not exist. ' +
        'Each event is taken once; its id with another body is refused, except of Stripe, which changes bodies. Twilio gets no body. ' +
        'The unsigned form `webhook_id=…` that WooCommerce sends on saving is answered `ignored`.',
    },
  },
  keys: {
    list: { summary: 'List API keys' },
    create: {
      summary: 'Make an API key',
      description: 'Needs a proof of the last five minutes. The key is shown this once.',
    },
    update: { summary: 'Change label, origins, scopes or end of an API key' },
    rotate: {
      summary: 'Replace an API key by a new one',
      description: 'The old one goes on for as long as `overlapSeconds` says.',
    },
    revoke: { summary: 'Revoke an API key', description: 'It is refused within a second.' },
  },
  reports: {
    get: {
      summary: 'Report on people, sign-ins and roles',
      description: 'Over a range of up to 400 days, the last 30 by default. Days are those of the tenant’s time zone.',
    },
    export: { summary: 'Export the report as CSV', description: 'One row a day.' },
  },
  audit: {
    list: { summary: 'Search the audit log, newest first' },
    export: { summary: 'Export the audit log as CSV' },
    verify: {
      summary: 'Check the audit log',
      description: 'Walks its chain of hashes: an entry that was changed, added or taken out afterwards shows.',
    },
  },
  tenants: {
    list: { summary: 'List tenants' },
    create: { summary: 'Make a tenant and invite its owner' },
    update: {
      summary: 'Rename, plan, suspend or resume a tenant',
      description: 'People and keys of a suspended tenant are refused within a second.',
    },
  },
  blocks: {
    list: {
      summary: 'List blocked addresses',
      description:
        'Those that a person has set (`all`), and those that the server has set for trying to sign in again and again ' +
        '(`sign-in`). Administrators of the installation see those of all tenants.',
    },
    create: {
      summary: 'Block an address',
      description:
        'Refuses it everything that the tenant has, with 429; holds within a second wherever the tenant is served.',
    },
    remove: { summary: 'Lift a block', description: 'What led to it is forgotten: the address begins anew.' },
  },
  mails: {
    list: {
      summary: 'List mail to people',
      description: 'Newest first: what waits, and what became of the rest for 30 days. Addresses are shown in part.',
    },
    get: {
      summary: 'Get a mail',
      description: 'With its words around example data: no answer holds a link that lets somebody in.',
    },
    preview: { summary: 'See what a mail looks like', description: 'With example data, in a language of your choice.' },
  },
}
