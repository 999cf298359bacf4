## Noms et descriptions des commandes
cmd-privacy-name = confidentialité
cmd-privacy = Recevoir une copie de vos données, ou les faire effacer
cmd-privacy_export-name = confidentialité_copie
cmd-privacy_export = Recevoir une copie de vos données
cmd-privacy_erase-name = confidentialité_effacer
cmd-privacy_erase = Voir ce qu’un effacement ferait
cmd-privacy_ask-name = confidentialité_demander
cmd-privacy_ask = Demander l’effacement de vos données
cmd-privacy_withdraw-name = confidentialité_retirer
cmd-privacy_withdraw = Retirer votre demande d’effacement
cmd-privacy_requests-name = confidentialité_demandes
cmd-privacy_requests = Voir les demandes d’effacement des membres
cmd-privacy_confirm-name = confidentialité_confirmer
cmd-privacy_confirm = Confirmer un effacement
cmd-privacy_refuse-name = confidentialité_refuser
cmd-privacy_refuse = Refuser une demande d’effacement, avec la raison
cmd-retention-name = conservation
cmd-retention = Voir ou changer combien de temps les données sont gardées
cmd-retention_set-name = conservation_régler
cmd-retention_set = Changer une durée de conservation

## Options
opt-privacy_part-name = partie
opt-privacy_part = La partie de la copie
opt-privacy_request-name = demande
opt-privacy_request = Numéro de la demande, par exemple 3
opt-requests_which-name = lesquelles
opt-requests_which = Celles qui attendent, ou toutes
opt-requests_before-name = avant
opt-requests_before = Les demandes plus anciennes que ce numéro
opt-kept-name = quoi
opt-kept = Ce qui est gardé
opt-kept_days-name = jours
opt-kept_days = De 30 à 3650 jours ; 0 pour garder sans limite

## Choix
choice-requests_open = En attente
choice-requests_all = Toutes
choice-kept_tickets = Tickets fermés
choice-kept_files = Fichiers des tickets
choice-kept_audit = Journal

## Formulaires
form-privacy_refuse = Refuser un effacement
label-privacy_request = Numéro de la demande
hint-privacy_refuse-privacy_request = 3
hint-privacy_refuse-reason = Ce que le membre lira

## Boutons
button-privacy-export = Recevoir une copie
button-privacy-part = Partie { $part }
button-privacy-erase = Effacer mes données
button-privacy-ask = Demander l’effacement
button-privacy-withdraw = Retirer ma demande
button-privacy-requests = Voir les demandes
button-privacy-look = Demande #{ $id }
button-privacy-older = Plus anciennes
button-privacy-all = Toutes les demandes
button-privacy-confirm = Effacer définitivement
button-privacy-refuse = Refuser
button-retention-yes = Oui, effacer

## Ce qu’un membre lit
privacy-title = 🔒 Vos données sur ce serveur
privacy-body =
    Ce que la boutique garde de vous : vos tickets, vos achats et ce que vous avez choisi.
    💾 **Une copie** : un fichier avec tout, tout de suite.
    🗑️ **L’effacement** : vous voyez d’abord ce qui part et ce qui reste ; l’équipe confirme ensuite.
privacy-field-request = Votre demande d’effacement
privacy-own-asked = ⏳ L’équipe répond avant le { $day }.
privacy-own-confirmed = ✅ Confirmée : l’effacement est en cours.
privacy-own-done = ✅ Faite.
privacy-own-refused =
    ❌ Refusée : { $reason }
    Vous pouvez demander à nouveau.
privacy-export-done = 💾 Voici tout ce que la boutique garde de vous. Ce fichier peut contenir des clés achetées : gardez-le pour vous.
privacy-export-part = 💾 Voici la partie { $part } sur { $parts } de votre copie. Elle peut contenir des clés achetées : gardez-la pour vous.
privacy-file-name = mes-donnees
privacy-readme =
    Ceci est la copie de ce que la boutique de ce serveur Discord garde de vous, lue avec vos propres droits.
    C’est du JSON : tout programme peut le lire. Les heures sont en temps universel (UTC), les montants dans la plus petite unité de la monnaie (des centimes).
    Chaque partie est une liste ; une liste vide veut dire que rien n’est gardé. « from » dit de qui vient un message : « you », c’est vous ; « team », l’équipe.
    Les notes internes de l’équipe et ce qui concerne d’autres personnes n’y sont pas : ni qui vous a fait un cadeau, ni qui est venu par votre code.
    Des fichiers joints, seuls les noms y sont : ouvrez-les dans le ticket. Le prestataire de paiement (Stripe) garde ses propres données : demandez-les-lui.
privacy-erase-title = 🗑️ Effacer vos données
privacy-erase-body = Voici ce qui se passera si l’équipe confirme. **Rien ne pourra revenir en arrière.**
privacy-erase-not-yet = Quelque chose doit d’abord se terminer. Ensuite, revenez ici.
privacy-field-first = À faire d’abord
privacy-field-erased = Effacé
privacy-field-kept = Gardé
privacy-field-given-up = Abandonné
privacy-field-stripe = Chez Stripe
privacy-erased-nothing = Rien d’autre que la trace de votre demande.
privacy-gives-up = Ce que vous possédez encore (formules, rôles) s’arrête, sans remboursement.
privacy-stripe = Stripe, qui encaisse les paiements, garde votre fiche client : la loi l’y oblige aussi. L’équipe peut la supprimer à la main ; vous pouvez aussi le demander à Stripe.
privacy-first-subscription = Arrêter votre abonnement avec `/abonnement`, puis attendre sa fin.
privacy-first-order = Payer ou laisser expirer votre commande en cours : `/commandes`.
privacy-first-refund = Attendre la fin du remboursement en cours.
privacy-first-dispute = Attendre la fin du litige avec votre banque.
privacy-first-giveaway = Attendre la fin du concours en cours de tirage, ou de la remise de votre lot.
privacy-what-tickets =
    { $count ->
        [one] 1 ticket, avec son sujet et le nom qu’il porte
       *[other] { $count } tickets, avec leurs sujets et le nom qu’ils portent
    }
privacy-what-messages =
    { $count ->
        [one] 1 message ou note
       *[other] { $count } messages et notes
    }
privacy-what-files =
    { $count ->
        [one] 1 fichier
       *[other] { $count } fichiers
    }
privacy-what-answers =
    { $count ->
        [one] 1 réponse récente du bot
       *[other] { $count } réponses récentes du bot
    }
privacy-what-choices =
    { $count ->
        [one] 1 choix (langue, rappels, codes)
       *[other] { $count } choix (langue, rappels, codes)
    }
privacy-what-sessions =
    { $count ->
        [one] 1 session du panneau
       *[other] { $count } sessions du panneau
    }
privacy-what-entries =
    { $count ->
        [one] 1 participation à un concours ouvert ou annulé
       *[other] { $count } participations à des concours ouverts ou annulés
    }
privacy-what-orders =
    { $count ->
        [one] 1 commande
       *[other] { $count } commandes
    }
privacy-what-deliveries =
    { $count ->
        [one] 1 livraison, avec la clé ou le contenu remis
       *[other] { $count } livraisons, avec les clés ou le contenu remis
    }
privacy-what-accesses =
    { $count ->
        [one] 1 accès donné (formule ou rôle)
       *[other] { $count } accès donnés (formules ou rôles)
    }
privacy-what-invoices =
    { $count ->
        [one] 1 paiement d’abonnement
       *[other] { $count } paiements d’abonnement
    }
privacy-what-refunds =
    { $count ->
        [one] 1 remboursement
       *[other] { $count } remboursements
    }
privacy-what-subscriptions =
    { $count ->
        [one] 1 abonnement terminé
       *[other] { $count } abonnements terminés
    }
privacy-what-reductions =
    { $count ->
        [one] 1 réduction, crédit ou parrainage
       *[other] { $count } réductions, crédits et parrainages
    }
privacy-what-trials =
    { $count ->
        [one] 1 essai gratuit
       *[other] { $count } essais gratuits
    }
privacy-what-draws =
    { $count ->
        [one] 1 participation à un concours tiré
       *[other] { $count } participations à des concours tirés
    }
privacy-why-accounting = Sous un pseudonyme : la loi oblige à garder la comptabilité dix ans.
privacy-why-abuse = Sous un pseudonyme : un seul essai par carte bancaire.
privacy-why-proof = Telles quelles : sans elles, plus personne ne pourrait vérifier le tirage.
privacy-asked = ✅ Demande envoyée. L’équipe répond avant le { $day } ; jusque-là, vous pouvez la retirer.
privacy-withdrawn = ↩️ Demande retirée : rien n’est effacé.
privacy-notice-erased = 🗑️ C’est fait : ce que la boutique gardait de vous est effacé, sauf ce que la loi oblige à garder, sous un pseudonyme. Si vous revenez, vous serez une nouvelle personne pour elle.
privacy-notice-refused =
    ❌ Votre demande d’effacement a été refusée.
    Raison : { $reason }
    Vous pouvez demander à nouveau avec `/confidentialité`, ou vous plaindre auprès de la CNIL (cnil.fr) ou de l’autorité de votre pays.

## Ce que l’équipe lit
privacy-notice-asked =
    { $count ->
        [one] 🔒 Un membre demande l’effacement de ses données. Un opérateur doit répondre avant le { $day }.
       *[other] 🔒 { $count } membres demandent l’effacement de leurs données. Un opérateur doit répondre à la première demande avant le { $day }.
    }
privacy-requests = 🔒 Effacements en attente
privacy-requests-all = 🔒 Toutes les demandes
privacy-requests-none = Aucune demande.
privacy-request-title = 🔒 Demande #{ $id }
privacy-field-asked = Demandé
privacy-field-decided = Décidé
privacy-somebody-erased = membre effacé
privacy-due = à traiter avant le { $day }
privacy-kind-export = copie
privacy-kind-erasure = effacement
privacy-state-asked = ⏳ en attente
privacy-state-confirmed = ⚙️ en cours
privacy-state-done = ✅ fait
privacy-state-refused = ❌ refusé
privacy-state-withdrawn = ↩️ retiré
privacy-confirmed = ✅ Demande #{ $id } confirmée : le membre est effacé dans la minute, et prévenu.
privacy-confirmed-roles = Ce qu’il possède encore s’arrête d’abord et ses rôles lui sont retirés ; cela peut prendre jusqu’à un jour.
privacy-confirmed-stripe = Stripe garde sa fiche client `{ $customer }` : supprimez-la dans le tableau de bord de Stripe, sous « Clients », si rien ne vous oblige à la garder.
privacy-refused = ❌ Demande #{ $id } refusée ; le membre en est prévenu, avec la raison.

## Durées de conservation
retention-title = 🗄️ Durées de conservation
retention-how = ✏️ à changer avec les options « quoi » et « jours » · 🔒 fixé par la loi ou par qui fait tourner le bot
retention-done = ✅ { $what } : { $days }.
retention-asks-tickets =
    { $count ->
        [one] ⚠️ Avec { $days } jours, les sujets et messages de **1** ticket fermé sont effacés maintenant, sans retour. Continuer ?
       *[other] ⚠️ Avec { $days } jours, les sujets et messages de **{ $count }** tickets fermés sont effacés maintenant, sans retour. Continuer ?
    }
retention-asks-files =
    { $count ->
        [one] ⚠️ Avec { $days } jours, **1** fichier est effacé maintenant, sans retour. Continuer ?
       *[other] ⚠️ Avec { $days } jours, **{ $count }** fichiers sont effacés maintenant, sans retour. Continuer ?
    }
retention-asks-audit =
    { $count ->
        [one] ⚠️ Avec { $days } jours, **1** ligne du journal est effacée maintenant, sans retour. Continuer ?
       *[other] ⚠️ Avec { $days } jours, **{ $count }** lignes du journal sont effacées maintenant, sans retour. Continuer ?
    }
privacy-days =
    { $days ->
        [one] 1 jour
       *[other] { $days } jours
    }
privacy-days-unlimited = sans limite
privacy-kept-tickets = Sujets et messages des tickets fermés
privacy-kept-files = Fichiers des tickets
privacy-kept-audit = Journal des tickets et de la boutique
privacy-kept-sign_ins = Connexions au panneau
privacy-kept-provider_events = Événements de Stripe
privacy-kept-answers = Réponses du bot
privacy-kept-accounting = Comptabilité (commandes, paiements, remboursements)
privacy-kept-why-tickets = Depuis la fermeture : le temps qu’une réclamation reste possible.
privacy-kept-why-files = Depuis l’envoi.
privacy-kept-why-audit = Pour savoir qui a fait quoi.
privacy-kept-why-sign_ins = Pour repérer les intrusions.
privacy-kept-why-provider_events = Seulement leurs noms, pour n’en traiter aucun deux fois.
privacy-kept-why-answers = Pour qu’une demande répétée reçoive la même réponse.
privacy-kept-why-accounting = Dix ans par la loi (Code de commerce, art. L123-22).

## Refus
error-privacy-hourly = Vous avez déjà reçu une copie il y a moins d’une heure. Réessayez un peu plus tard.
error-privacy-part-old = Cette copie n’est plus disponible. Demandez-en une nouvelle avec `/confidentialité`.
error-privacy-asked = Votre demande d’effacement est déjà en cours. Son état est dans `/confidentialité`.
error-privacy-not-asked = Aucune demande ne peut être retirée : elle est déjà confirmée, ou terminée. Son état est dans `/confidentialité`.
error-privacy-obstacles = Quelque chose doit d’abord se terminer : un abonnement, une commande, un remboursement, un litige ou un concours. Le détail est dans `/confidentialité`, bouton « Effacer mes données ».
error-privacy-obstacles-staff = Ce membre a encore un abonnement, une commande, un remboursement, un litige ou un concours en cours : attendez sa fin. Le détail est dans `/confidentialité_demandes`.
error-privacy-none = Aucune demande sous ce numéro. Elles sont toutes dans `/confidentialité_demandes`.
error-privacy-decided = Cette demande est déjà traitée, ou son membre l’a retirée. Les autres sont dans `/confidentialité_demandes`.
error-privacy-underway = Vos données sont en cours d’effacement, comme vous l’avez demandé : rien de nouveau n’est possible en attendant, et rien n’est débité. Réessayez quand le bot vous aura dit que c’est fait, en général dans la journée.
error-privacy-recipient = Ce membre ne peut rien recevoir pour le moment. Rien n’est débité. Choisissez quelqu’un d’autre avec `/offrir`, ou réessayez demain.
error-privacy-holder = L’effacement de ce membre est confirmé : il ne peut plus rien recevoir. Rien n’a été donné. S’il revient ensuite, il sera un nouveau membre.
