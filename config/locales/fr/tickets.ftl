## Ce qui vient d’être fait
ticket-created = ✅ Ticket #{ $number } créé : **{ $subject }**
    { $category } · { $priority } · résolution visée { $due }
    L’équipe est prévenue ; sa réponse vous arrivera en privé.
ticket-created-by-plan = ⭐ Votre formule le fait passer en priorité.
ticket-created-one-word = 💡 Le sujet est un seul mot : **{ $subject }**. Pour en mettre plusieurs, des guillemets : `!ticket_créer "votre sujet" votre description`.
ticket-replied = 💬 Réponse ajoutée au ticket #{ $number }. L’équipe est prévenue.
ticket-replied-resolved = 💬 Message ajouté au ticket #{ $number }, qui reste résolu. Le problème est revenu ? Rouvrez-le.
ticket-replied-staff = 💬 Réponse envoyée sur le ticket #{ $number }. Le membre va être prévenu ; le ticket attend sa réponse.
ticket-replied-staff-took = { ticket-replied-staff }
    🙋 Personne ne l’avait encore : il est maintenant à vous.
ticket-noted = 🗒️ Note ajoutée au ticket #{ $number }. Seule l’équipe la voit.
ticket-closed = 🔒 Ticket #{ $number } fermé. Merci ! Combien d’étoiles pour notre aide ?
ticket-closed-staff = 🔒 Ticket #{ $number } fermé. Le membre va être prévenu et pourra donner son avis.
ticket-closed-own = 🔒 Ticket #{ $number } fermé.
ticket-reopened = 🔓 Ticket #{ $number } rouvert. L’équipe est prévenue.
ticket-rated-anew = { $stars } C’est changé : cet avis sur le ticket #{ $number } remplace le précédent ({ $before }).
ticket-rated = { $stars } Merci pour votre avis sur le ticket #{ $number } !
ticket-claimed = 🙋 Le ticket #{ $number } est à vous.
ticket-assigned = 👥 Ticket #{ $number } attribué à { $agent }.
ticket-resolved = ✅ Ticket #{ $number } résolu. Le membre va être prévenu ; sans nouvelle de sa part, le ticket se fermera de lui-même.
ticket-resolved-own = ✅ Ticket #{ $number } résolu. Sans nouvelle réponse de votre part, il se fermera de lui-même.
ticket-priority-changed = Priorité du ticket #{ $number } : { $priority }. Le temps déjà passé compte.
ticket-category-changed = Catégorie du ticket #{ $number } : { $category }.
ticket-cut = 📄 Un message est trop long pour tenir ici : le texte entier est dans le fichier joint.

## Un ticket
ticket-title = 🎫 Ticket #{ $number } · { $subject }
ticket-priority-by-plan = { $priority } (formule { $plan })
ticket-unassigned = Personne
ticket-closed-by-clock = de lui-même, sans nouvelle réponse
ticket-closed-erased = son membre a été effacé
state-waits-for-you = En attente de votre réponse
field-state = État
field-category = Catégorie
field-priority = Priorité
field-created = Ouvert
field-assignee = Responsable
field-rating = Avis
field-closed = Fermé
field-auto-close = Se ferme de lui-même
field-opener = Membre
field-plan = Formule
plan-free = Gratuit
field-sla = Échéance
field-files = Fichiers
field-reason = Raison
field-delivery = Remise au membre
sla-breached = dépassée
sla-paused = en pause, reste { $left }
sla-ended = terminé
message-opener = 💬 { $name }
message-staff = 🛡️ { $name } · équipe
message-note = 🗒️ { $name } · note interne
transcript-note = {" "}(note interne)
button-view = Voir
button-reply = Répondre
button-reply-to = Répondre au ticket #{ $number }
button-add = Ajouter un message
button-claim = Prendre
button-note = Note
button-resolve = Résoudre
button-close = Fermer
button-reopen = Rouvrir
button-older = Plus anciens
button-newer = Plus récents
button-my-tickets = Mes tickets

## Fichiers
file-here = 📎 Voici le fichier.
file-not-kept = ⚠️ { $name } n’est pas joint : { $why }.
file-too-large = il dépasse { $max }
file-wrong-type = ce type de fichier n’est pas accepté
file-quota-full = vos fichiers occupent déjà toute la place prévue
file-too-many = dix fichiers au plus par message
file-elsewhere = il ne vient pas de Discord ; joignez-le au message
file-pending = copie en cours
file-refused = non accepté
file-failed = n’est plus disponible
size-bytes = { $count } o
size-kib = { $count } Kio
size-mib = { $count } Mio

## Remise des réponses
delivery-dm = ✉️ Remis en message privé
delivery-ping = 🔔 Messages privés fermés : membre appelé dans le salon de support
delivery-done = ✔️ Rien de plus à remettre
delivery-pending = ⏳ Remise en cours
delivery-retried = ⏳ Remise retentée ({ $attempts } essais) : { $why }
delivery-failed = ⚠️ Non remis : { $why }
delivery-why-dm-shut = messages privés fermés
delivery-why-no-access = salon inaccessible au bot
delivery-why-no-permission = permission manquante
delivery-why-open = salon du staff ouvert à tout le monde
delivery-why-left = le membre a quitté le serveur
delivery-why-gone = salon ou message disparu
delivery-why-later = Discord ne répond pas pour l’instant
delivery-why-refused = refusé par Discord
delivery-why-too-large = trop volumineux
delivery-why-unknown = raison inconnue

## Listes
list-title = 📋 Vos tickets
list-title-staff = 📋 Tickets du serveur
list-empty = Vous n’avez pas encore de ticket. Une question, un souci ? Ouvrez-en un.
list-none-fits = Aucun ticket ne correspond.
list-end = Rien de plus ici.
button-older-tickets = Plus anciens
button-newer-tickets = Plus récents
button-newest-tickets = Les plus récents

## Panneau
panel-title = 🎫 Besoin d’aide ?
panel-body = Ouvrez un ticket : l’équipe vous répond en privé. Personne d’autre que vous et l’équipe ne le voit.
panel-categories = Pour tout sujet

## Chiffres
stats-title = 📊 Tickets
stats-days = Tickets ouverts ces { $days } derniers jours
stats-total = Total
stats-breached = Échéances dépassées
stats-stars = Satisfaction
stats-resolution = Résolution, en moyenne
stats-first-response = Première réponse, en moyenne
stats-states = Par état
stats-urgent = Urgents
stats-agents = Par agent
stats-agent = { $agent } · attribués { $assigned } · résolus { $resolved }
stats-none = pas encore de données
stats-unrated = pas encore d’avis
stars-mean = { $whole },{ $tenth } ⭐
span-days = { $days } j { $hours } h
span-hours = { $hours } h { $minutes } min
span-minutes = { $minutes } min

## Historique
history-title = 🧾 Historique du ticket #{ $number }
history-clock = l’horloge
deed-created = a ouvert le ticket
deed-replied = a répondu
deed-noted = a laissé une note
deed-claimed = a pris le ticket
deed-assigned = a attribué le ticket
deed-resolved = a résolu le ticket
deed-closed = a fermé le ticket
deed-reopened = a rouvert le ticket
deed-rated = a donné son avis
deed-priority_changed = a changé la priorité
deed-category_changed = a changé la catégorie
deed-reminded = a rappelé l’échéance
deed-breached = a constaté l’échéance dépassée
deed-freed = a retiré le ticket à qui n’est plus dans l’équipe
deed-viewed = a lu le ticket
deed-listed = a lu la liste
deed-history_read = a lu l’historique
deed-file_read = a ouvert un fichier

## Agents
agent-title = Attribution d’office des nouveaux tickets
agent-set = ✅ C’est noté pour { $category }.

## Annonces
notice-replied = 💬 { $name } a répondu à votre ticket #{ $number }.
notice-resolved = ✅ Votre ticket #{ $number } est résolu. Sans nouvelle de vous, il se fermera de lui-même. Un avis ?
notice-closed = 🔒 Votre ticket #{ $number } est fermé. Combien d’étoiles pour notre aide ?
notice-closed-by-clock = 🔒 Votre ticket #{ $number } s’est fermé de lui-même, sans nouvelle réponse. Combien d’étoiles pour notre aide ?
notice-goes-on = 🔓 Votre ticket #{ $number } suit son cours.
notice-ping = 📬 { $person }, il y a du nouveau pour vous. Vos messages privés sont fermés : ouvrez-le ici ; personne d’autre ne le verra.
button-open-news = Ouvrir
notice-assigned = 👥 Le ticket #{ $number } vous est attribué : { $category } · { $priority }. Ouvrez-le sur le serveur avec `/ticket_voir { $number }`.
notice-sla-reminder = ⏰ Ticket #{ $number } : échéance { $due }.
notice-sla-breach = 🚨 Ticket #{ $number } : échéance dépassée.
notice-agent-left = ⚠️ { $person } ne fait plus partie de l’équipe. Le ticket #{ $number } est de nouveau libre, et plus aucun ne lui est attribué d’office. Pour choisir qui reçoit les nouveaux tickets d’une catégorie : `/ticket_agent`.

## Refus, et quoi faire à la place
error-ticket-closed = Ce ticket est fermé. Rouvrez-le d’abord avec `/ticket_rouvrir`.
error-ticket-closed-for-good = Ce ticket est fermé depuis trop longtemps pour être rouvert. Ouvrez-en un nouveau avec `/ticket_créer`.
error-ticket-closed-for-good-staff = Ce ticket est fermé, et il est trop tard pour le rouvrir. Demandez au membre d’en ouvrir un nouveau ; une note reste possible avec `/ticket_note`.
error-ticket-erased = Ce ticket a été effacé à la demande de son auteur : plus rien ne s’y écrit.
error-ticket-already-closed = Ce ticket est déjà fermé. Si tout n’est pas réglé, rouvrez-le avec `/ticket_rouvrir`.
error-ticket-already-resolved = Ce ticket est déjà résolu. Pour le terminer, fermez-le avec `/ticket_fermer`.
error-ticket-already-yours = Ce ticket est déjà à vous.
error-ticket-too-many = Vous avez déjà beaucoup de tickets ouverts, et l’équipe les traite l’un après l’autre. Continuez dans l’un d’eux, ou fermez ceux dont vous n’avez plus besoin : ils sont tous dans `/ticket_liste`.
error-ticket-taken = Quelqu’un a déjà pris ce ticket. Pour en changer le responsable : `/ticket_attribuer`.
error-ticket-same-assignee = Ce ticket lui est déjà attribué.
error-ticket-not-ended = Ce ticket n’est ni résolu ni fermé : répondez-y avec `/ticket_répondre`.
error-ticket-reopen-too-late = Il est trop tard pour rouvrir ce ticket. Ouvrez-en un nouveau avec `/ticket_créer`.
error-ticket-rate-opener-only = Seul le membre qui a ouvert le ticket peut donner son avis.
error-ticket-rate-own = Vous avez traité ce ticket vous-même : les étoiles disent ce que vaut l’aide de quelqu’un d’autre. Rien à faire de plus, merci !
error-ticket-rate-too-early = Vous pourrez donner votre avis une fois le ticket résolu ou fermé.
error-ticket-rate-too-late = Votre avis est enregistré et ne peut plus changer.
error-ticket-unchanged = C’est déjà le cas : rien n’a changé. Où en est le ticket : `/ticket_voir`.
error-agent-not-staff = Cette personne ne fait pas partie de l’équipe. Donnez-lui d’abord le rôle du support.
error-agent-not-known = Discord ne me dit pas pour l’instant si cette personne fait partie de l’équipe. Réessayez dans une minute.
error-agent-or-clear = Choisissez : un agent, ou l’effacement, pas les deux.
error-list-before-or-after = Choisissez : les tickets avant un numéro, ou ceux d’après, pas les deux. Toute la liste : `/ticket_liste`.
