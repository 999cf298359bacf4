## Réglages
cmd-setup-name = setup
cmd-setup = Régler les salons, les rôles, la langue et le fuseau horaire, et vérifier les permissions du bot
opt-support_channel-name = salon_support
opt-support_channel = Salon où les membres demandent de l’aide
opt-staff_channel-name = salon_staff
opt-staff_channel = Salon réservé au staff, où arrivent les tickets
opt-support_role-name = role_support
opt-support_role = Rôle qui répond aux tickets
opt-operator_role-name = role_operateur
opt-operator_role = Rôle qui règle le bot
opt-language-name = langue
opt-language = Langue des messages adressés à tout le monde
opt-time_zone-name = fuseau
opt-time_zone = Fuseau horaire de la boutique, par exemple Europe/Paris
choice-fr = français
choice-en = anglais
setup-done = ⚙️ Voici les réglages de ce serveur.
setup-changed = ✅ C’est changé :
setup-change = • { $setting } : { $old } → { $new }
setup-unchanged = Rien n’a changé : c’était déjà réglé ainsi.
setup-title = Réglages
setup-unset = non réglé
setup-support-channel = Salon de support
setup-staff-channel = Salon du staff
setup-support-role = Rôle support
setup-operator-role = Rôle opérateur
setup-language = Langue
setup-time-zone = Fuseau horaire
setup-all-well = ✅ Tout est prêt. Postez le bouton d’ouverture des tickets avec `/ticket_panneau`.
setup-everyone-role = Ce rôle est celui de tout le monde : chaque membre verrait tous les tickets. Choisissez un rôle réservé à votre équipe.
setup-unchecked = Discord n’a pas répondu : je n’ai pas pu vérifier qui peut lire ce salon, ni à qui ce rôle donnerait les tickets, et rien n’a été enregistré. Réessayez dans un moment.
setup-unknown-channel = Ce salon n’existe pas sur ce serveur, ou n’est pas un salon textuel. Rien n’a été enregistré : choisissez-le dans la liste, ou mentionnez-le avec #.
setup-unknown-role = Ce rôle n’existe pas sur ce serveur. Rien n’a été enregistré : choisissez-le dans la liste, ou mentionnez-le avec @.
setup-open-staff-channel = Tout le monde peut lire ce salon, et les tickets y seraient visibles de tous. Rien n’a été enregistré. Fermez-le d’abord : paramètres du salon › Permissions › retirez « Voir le salon » à @everyone, accordez-le au rôle de votre équipe et au bot, puis recommencez.
setup-same-channel = Le salon de support et celui de l’équipe doivent être deux salons différents : les membres liraient les tickets de tous. Rien n’a été enregistré.
setup-managed-role = Ce rôle appartient à un bot, à une intégration ou aux boosts du serveur : personne ne le donne à la main. Rien n’a été enregistré : choisissez le rôle que vous donnez à votre équipe.
setup-sold-role = La boutique vend ou donne ce rôle : qui l’obtiendrait lirait tous les tickets. Rien n’a été enregistré : choisissez un rôle réservé à votre équipe, ou donnez d’abord un autre rôle à ce qui l’accorde (`/formule_modifier`, `/produit_modifier`, même hors vente).
setup-blind-role = Ce rôle ne voit pas le salon de l’équipe : c’est peut-être celui de tous vos membres, et ils verraient tous les tickets. Rien n’a été enregistré. Si c’est bien celui de l’équipe, ouvrez-lui d’abord le salon : paramètres du salon › Permissions › accordez-lui « Voir le salon », puis recommencez.
setup-role-open-channel = Tout le monde peut lire le salon de l’équipe : je ne peux pas vérifier que ce rôle est le sien. Rien n’a été enregistré. Fermez-le d’abord : paramètres du salon › Permissions › retirez « Voir le salon » à @everyone, accordez-le au rôle de votre équipe et au bot, puis recommencez.
setup-role-hidden-channel = Je ne vois pas moi-même le salon de l’équipe : je ne peux pas vérifier que ce rôle est le sien. Rien n’a été enregistré. Accordez d’abord « Voir le salon » au bot dans les paramètres du salon, puis recommencez.
setup-advice-open = 🚨 Tout le monde peut lire { $place }, où arrivent les tickets. Fermez-le tout de suite : paramètres du salon › Permissions › retirez « Voir le salon » à @everyone.
setup-advice-blind-roles = ⚠️ Ne voit pas { $place } : { $roles }. Qui a ce rôle voit pourtant tous les tickets : si c’est bien celui de l’équipe, accordez-lui « Voir le salon » ; sinon, choisissez-en un autre.
setup-advice-other-readers = ⚠️ Peut aussi lire { $place }, où arrivent les tickets, sans être de l’équipe : { $roles }. Si ce n’est pas voulu, retirez « Voir le salon » dans les paramètres du salon.
setup-note-closed = ℹ️ @everyone ne voit pas { $place } : seuls les membres qui voient ce salon peuvent y demander de l’aide. Rien à faire si c’est voulu.
setup-advice-channel-gone = ⚠️ { $place } n’existe plus sur ce serveur : choisissez un autre salon.
setup-advice-staff-channel = ⚠️ Choisissez un salon réservé au staff avec `/setup salon_staff` : sans lui, personne n’est prévenu des nouveaux tickets.
setup-advice-support-role = ⚠️ Choisissez le rôle de votre équipe avec `/setup role_support`.
setup-advice-unchecked = ⚠️ Discord n’a pas répondu : les permissions n’ont pas pu être vérifiées. Relancez `/setup` dans un moment.
setup-advice-permissions = ⚠️ Il manque au bot, dans { $place } : { $names }. Accordez-les dans les paramètres du salon ou du rôle du bot.
setup-whole-guild = tout le serveur
permission-VIEW_CHANNEL = Voir le salon
permission-SEND_MESSAGES = Envoyer des messages
permission-EMBED_LINKS = Intégrer des liens
permission-ATTACH_FILES = Joindre des fichiers
permission-READ_MESSAGE_HISTORY = Voir les anciens messages
permission-MANAGE_MESSAGES = Gérer les messages

## Aide
cmd-help-name = aide
cmd-help = Voir ce que vous pouvez faire ici
cmd-shellia_help-name = aide_shellia
cmd-shellia_help = Voir ce que Shellia sait faire
opt-command-name = nom
opt-command = Le nom d’une commande, pour ses détails
help-needed = {" "}(nécessaire)
help-details = Détails d’une commande : !{ $help } et son nom
help-title = Aide
help-intro = Chaque commande se tape avec `!` ou se choisit avec `/`. Ce qui concerne vos tickets n’est montré qu’à vous.
help-intro-shellia = Chaque commande se tape avec `!` ou se choisit avec `/`.
help-tickets = 🎫 Tickets
help-shop = 🛒 Boutique
help-about-giveaways = 🎉 Concours
help-server = ℹ️ Serveur
button-help-shop = Boutique
choice-team_tickets = Équipe : tickets
choice-team_shop = Équipe : boutique
choice-team_giveaways = Équipe : concours
choice-team_server = Équipe : serveur
opt-team_topic-name = sujet_équipe
opt-team_topic = De quoi il s’agit
help-members = Pour tout le monde
help-support = Pour le support
help-operators = Pour les opérateurs
table-bot = Bot
table-command = Commande
table-for = Pour qui
table-does = Ce qu’elle fait
button-ticket-create = Ouvrir un ticket

## Shellia
cmd-maxis-name = maxis
cmd-maxis = Demander à Shellia l’état, les chiffres et les réglages de Maxis
opt-topic-name = quoi
opt-topic = Ce que vous voulez savoir
choice-status = état
choice-status-also = statut, status
maxis-status-none = 🔌 Aucun Maxis ne m’est confié : mettez `MAXIS_API_URL` et `MAXIS_API_KEY` sur ma machine, puis relancez-moi. Je réponds déjà à `/aide_shellia`.
maxis-up = 🟢 Maxis est en ligne
maxis-up-stopped = ⛔ Maxis est en ligne, mais tout est arrêté
maxis-degraded = 🟠 Maxis répond, mais tout ne marche pas
maxis-down = 🔴 Maxis ne répond pas
field-maxis-discord = Discord
field-maxis-database = Base de données
field-maxis-outbox = À envoyer
field-maxis-payments = Paiements
field-maxis-since = En marche
field-maxis-version = Version
maxis-shards = { $ready } sur { $shards } { $shards ->
    [one] connexion
   *[other] connexions
}{ $ms ->
    [-1] {""}
   *[other] {" "}· { $ms } ms
}
maxis-slash-only = ⚠️ Les commandes tapées ne sont pas entendues : il manque *Message Content Intent*.
maxis-database = Répond en { $ms } ms · { $used } { $used ->
    [one] connexion prise
   *[other] connexions prises
} sur { $open }
maxis-database-away = ⚠️ Ne répond pas
maxis-outbox-unknown = Inconnu tant que la base ne répond pas
maxis-outbox = { $due ->
    [0] { $waiting ->
        [0] Rien n’attend
       *[other] { $waiting } pour plus tard
    }
    [one] 1 message à envoyer, depuis { $oldest } s
   *[other] { $due } messages à envoyer, depuis { $oldest } s au plus
}
maxis-payments-off = Désactivés
maxis-payments-on = Activés, aucune nouvelle de Stripe encore
maxis-payments-heard = Activés · nouvelles de Stripe { $at }
maxis-down-name = Le nom dans `MAXIS_API_URL` n’existe pas. Vérifiez l’adresse, puis relancez Shellia.
maxis-down-network = Impossible de le joindre : la machine ou Maxis est arrêté, ou un pare-feu est entre les deux. Sur sa machine, `MAXIS_LISTEN` doit écouter sur une adresse que Shellia peut atteindre.
maxis-down-certificate = Son certificat n’est pas celui qu’on attend : il a changé, ou quelqu’un d’autre répond à sa place.
maxis-down-slow = Il est joignable, mais met trop de temps à répondre. Regardez la charge de sa machine et sa base de données.
maxis-down-key = Il ne nous laisse pas entrer : `MAXIS_API_KEY` et `MAXIS_NAME` doivent être les mêmes sur les deux machines, et `MAXIS_API_ALLOW` sur la sienne, s’il est réglé, doit contenir mon adresse.
maxis-down-clock = Il refuse nos demandes, et les deux horloges ont { $seconds } s d’écart : mettez les deux machines à l’heure (NTP).
maxis-down-busy = Il reçoit trop de demandes de notre adresse. Réessayez dans une minute.
maxis-down-absent = Quelque chose répond à cette adresse, mais ce n’est pas l’API de Maxis : `MAXIS_API_URL` doit finir par le chemin `api`, et les deux programmes être de la même version.
maxis-down-fault = Il a répondu par une erreur ({ $status }). Son journal en dit la raison.
maxis-down-strange = Sa réponse est illisible : les deux programmes sont-ils de la même version ?
