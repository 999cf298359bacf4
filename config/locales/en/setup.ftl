## Settings
cmd-setup-name = setup
cmd-setup = Set channels, roles, language and time zone, and check the bot's permissions
opt-support_channel-name = support_channel
opt-support_channel = Channel where members ask for help
opt-staff_channel-name = staff_channel
opt-staff_channel = Staff-only channel where tickets arrive
opt-support_role-name = support_role
opt-support_role = Role that answers tickets
opt-operator_role-name = operator_role
opt-operator_role = Role that changes the bot's settings
opt-language-name = language
opt-language = Language of messages meant for everyone
opt-time_zone-name = time_zone
opt-time_zone = The shop's time zone, for example Europe/Paris
choice-fr = French
choice-en = English
setup-done = ⚙️ These are this server's settings.
setup-changed = ✅ Changed:
setup-change = • { $setting }: { $old } → { $new }
setup-unchanged = Nothing has changed: it was set so already.
setup-title = Settings
setup-unset = not set
setup-support-channel = Support channel
setup-staff-channel = Staff channel
setup-support-role = Support role
setup-operator-role = Operator role
setup-language = Language
setup-time-zone = Time zone
setup-all-well = ✅ Everything is ready. Post the button that opens tickets with `/ticket_panel`.
setup-everyone-role = That is the role everybody has: every member would see all tickets. Choose a role that only your team has.
setup-unchecked = Discord did not answer, so I could not check who can read that channel, or to whom that role would give the tickets, and nothing was saved. Please try again in a moment.
setup-unknown-channel = That channel doesn’t exist on this server, or isn’t a text channel. Nothing was saved: pick it from the list, or mention it with #.
setup-unknown-role = That role doesn’t exist on this server. Nothing was saved: pick it from the list, or mention it with @.
setup-open-staff-channel = Everyone can read that channel, and tickets would be visible to all. Nothing was saved. Close it first: channel settings › Permissions › take View Channel from @everyone, give it to your team’s role and to the bot, then run this again.
setup-same-channel = The support channel and the staff channel must be two different channels: members would read everyone’s tickets. Nothing was saved.
setup-managed-role = That role belongs to a bot, an integration or the server’s boosters: nobody gives it by hand. Nothing was saved: choose the role that you give to your team.
setup-sold-role = The shop sells or gives that role: whoever got it would read every ticket. Nothing was saved: choose a role that only your team has, or first give another role to what gives it (`/plan_edit`, `/product_edit`, also what is off sale).
setup-blind-role = That role can’t see the staff channel: it may be the role of all your members, and they would see all tickets. Nothing was saved. If it is your team’s, open the channel to it first: channel settings › Permissions › give it View Channel, then run this again.
setup-role-open-channel = Everyone can read the staff channel, so I can’t check that this role is your team’s. Nothing was saved. Close it first: channel settings › Permissions › take View Channel from @everyone, give it to your team’s role and to the bot, then run this again.
setup-role-hidden-channel = I can’t see the staff channel myself, so I can’t check that this role is your team’s. Nothing was saved. First give the bot View Channel in the channel’s settings, then run this again.
setup-advice-open = 🚨 Everyone can read { $place }, where tickets arrive. Close it now: channel settings › Permissions › take View Channel from @everyone.
setup-advice-blind-roles = ⚠️ Can’t see { $place }: { $roles }. Whoever has this role sees all tickets, though: if it is your team’s, give it View Channel; if not, choose another.
setup-advice-other-readers = ⚠️ Can read { $place }, where tickets arrive, without being staff: { $roles }. If that isn’t wanted, take View Channel away in the channel’s settings.
setup-note-closed = ℹ️ @everyone can’t see { $place }: only members who see that channel can ask for help there. Nothing to do if that is wanted.
setup-advice-channel-gone = ⚠️ { $place } no longer exists on this server: choose another channel.
setup-advice-staff-channel = ⚠️ Choose a staff-only channel with `/setup staff_channel`: without it nobody is told of new tickets.
setup-advice-support-role = ⚠️ Choose your team's role with `/setup support_role`.
setup-advice-unchecked = ⚠️ Discord did not answer, so permissions could not be checked. Run `/setup` again in a moment.
setup-advice-permissions = ⚠️ The bot lacks, in { $place }: { $names }. Grant them in the channel's or the bot role's settings.
setup-whole-guild = the whole server
permission-VIEW_CHANNEL = View Channel
permission-SEND_MESSAGES = Send Messages
permission-EMBED_LINKS = Embed Links
permission-ATTACH_FILES = Attach Files
permission-READ_MESSAGE_HISTORY = Read Message History
permission-MANAGE_MESSAGES = Manage Messages

## Help
cmd-help-name = help
cmd-help = See what you can do here
cmd-shellia_help-name = shellia_help
cmd-shellia_help = See what Shellia can do
opt-command-name = name
opt-command = The name of a command, for its details
help-needed = {" "}(needed)
help-details = Details of a command: !{ $help } and its name
help-title = Help
help-intro = Type each command with `!` or pick it with `/`. What concerns your tickets is shown to you alone.
help-intro-shellia = Type each command with `!` or pick it with `/`.
help-tickets = 🎫 Tickets
help-shop = 🛒 Shop
help-about-giveaways = 🎉 Giveaways
help-server = ℹ️ Server
button-help-shop = Shop
choice-team_tickets = Team: tickets
choice-team_shop = Team: shop
choice-team_giveaways = Team: giveaways
choice-team_server = Team: server
opt-team_topic-name = team_topic
opt-team_topic = What it is about
help-members = For everyone
help-support = For support
help-operators = For operators
table-bot = Bot
table-command = Command
table-for = For
table-does = What it does
button-ticket-create = Open a ticket

## Shellia
cmd-maxis-name = maxis
cmd-maxis = Ask Shellia for Maxis’ state, figures and settings
opt-topic-name = topic
opt-topic = What you want to know
choice-status = status
choice-status-also = state
maxis-status-none = 🔌 No Maxis is in my hands: set `MAXIS_API_URL` and `MAXIS_API_KEY` on my machine, then start me again. I already answer `/shellia_help`.
maxis-up = 🟢 Maxis is up
maxis-up-stopped = ⛔ Maxis is up, but everything is stopped
maxis-degraded = 🟠 Maxis answers, but not everything works
maxis-down = 🔴 Maxis doesn’t answer
field-maxis-discord = Discord
field-maxis-database = Database
field-maxis-outbox = To be sent
field-maxis-payments = Payments
field-maxis-since = Running
field-maxis-version = Version
maxis-shards = { $ready } of { $shards } { $shards ->
    [one] connection
   *[other] connections
}{ $ms ->
    [-1] {""}
   *[other] {" "}· { $ms } ms
}
maxis-slash-only = ⚠️ Typed commands are not heard: *Message Content Intent* is missing.
maxis-database = Answers in { $ms } ms · { $used } { $used ->
    [one] connection
   *[other] connections
} of { $open } in use
maxis-database-away = ⚠️ Doesn’t answer
maxis-outbox-unknown = Not known while the database is away
maxis-outbox = { $due ->
    [0] { $waiting ->
        [0] Nothing waits
       *[other] { $waiting } for later
    }
    [one] 1 message to send, for { $oldest } s
   *[other] { $due } messages to send, for { $oldest } s at most
}
maxis-payments-off = Off
maxis-payments-on = On, no news from Stripe yet
maxis-payments-heard = On · news from Stripe { $at }
maxis-down-name = The name in `MAXIS_API_URL` doesn’t exist. Check the address, then start Shellia again.
maxis-down-network = There is no way to it: the machine or Maxis is stopped, or a firewall stands between. On its machine, `MAXIS_LISTEN` must be an address that Shellia can reach.
maxis-down-certificate = Its certificate isn’t the expected one: it was changed, has run out, bears another name than `MAXIS_API_URL`, or somebody else answers in its place. Compare `MAXIS_API_CERT` on my machine with `MAXIS_TLS_CERT` on its machine.
maxis-down-slow = It can be reached, but takes too long to answer. Look at its machine’s load and at its database.
maxis-down-key = It doesn’t let us in: `MAXIS_API_KEY` and `MAXIS_NAME` must be the same on both machines, and `MAXIS_API_ALLOW` on its machine, where it is set, must hold my address.
maxis-down-clock = It refuses what we ask, and the two clocks are { $seconds } s apart: set both machines’ time (NTP).
maxis-down-busy = It gets too many requests from our address. Try again in a minute.
maxis-down-absent = Something answers at that address, but it isn’t Maxis’ API: `MAXIS_API_URL` must end in the path `api`, and both programs be of the same version.
maxis-down-fault = It answered with an error ({ $status }). Its log tells why.
maxis-down-strange = Its answer can’t be read: are both programs of the same version?
