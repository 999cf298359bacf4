## Le panneau d’administration : ce qui n’a pas pu être fait, et quoi faire ensuite
panel-signed-out = Vous n’êtes pas connecté, ou plus. Connectez-vous, et vous reviendrez ici.
panel-foreign = Cette demande ne vient pas d’une page à jour du panneau. Rechargez la page et recommencez.
panel-no-staff = Vous n’êtes plus dans l’équipe de ce serveur. Si c’est une erreur, demandez à un opérateur de vous rendre votre rôle.
panel-not-found = Il n’y a rien à cette adresse, ou vous n’y avez pas accès. Revenez à l’accueil du panneau.
panel-no-ticket = Il n’y a pas de ticket sous ce numéro sur ce serveur. Revenez à la liste.
panel-missing = Remplissez ce champ : il ne peut pas rester vide.
panel-unreadable = La page a envoyé quelque chose que nous ne savons pas lire. Rien n’a été fait. Rechargez la page et recommencez ; si cela revient, prévenez l’équipe.
panel-too-large = C’est trop long pour être envoyé. Raccourcissez votre texte.
panel-broken = Votre envoi n’est pas arrivé en entier. Vérifiez votre connexion et recommencez.
panel-link-over = Ce lien a déjà servi, ou il est trop ancien. Faites-en un autre avec `shellia admin-link`.
panel-someone-answered = Quelqu’un d’autre de l’équipe a répondu entre-temps. Lisez sa réponse, puis envoyez la vôtre si elle est encore utile.
panel-too-many-canned = Il y a déjà 200 réponses types. Supprimez-en une pour en ajouter.
panel-too-many-views = Vous avez déjà 50 vues enregistrées. Supprimez-en une pour en ajouter.
panel-canned-called-so = Une autre réponse type a déjà ce titre. Donnez-en un autre à la vôtre, ou modifiez celle-là.
panel-view-called-so = Vous avez déjà une vue de ce nom. Donnez-en un autre à celle-ci, ou supprimez celle-là.
panel-transcript = Ticket #{ $number }
panel-transcript-cut = Les messages les plus anciens ne sont pas dans ce fichier : il y en a trop.
panel-transcript-note = note interne
panel-resume-asked = { $needed ->
    [one] La reprise est le plan #{ $number }, visible ici pendant dix minutes : rien ne repart tant qu’un opérateur ne l’a pas approuvé.
   *[other] La reprise est le plan #{ $number }, visible ici pendant dix minutes : rien ne repart tant que { $needed } opérateurs ne l’ont pas approuvé.
 }
panel-promo-same = { $count ->
    [one] Un prix ne baisse pas : une autre promotion y est déjà aussi forte.
   *[other] { $count } prix ne baissent pas : une autre promotion y est déjà aussi forte.
 }
panel-erased-member = membre effacé n° { $number }
panel-repeats = se répète ; prochaine fois : { $next }
panel-reroll = Au concours #{ $number } (**{ $title }**), { $winner } perd sa place, et le suivant du classement tiré la prend. Raison, inscrite dans le journal public du tirage : { $reason }. Cela ne se défait pas.
panel-promo-held = Les commandes en cours gardent leur prix. Une promotion arrêtée ne reprend pas.
panel-promo-unseen = Regardez d’abord ce que la promotion changerait, puis lancez-la. Rien n’est fait.
panel-promo-unbounded = Ni budget ni nombre d’utilisations : rien ne la limite avant sa fin.
panel-role-left = A quitté le serveur : le rôle lui est donné s’il revient avant la fin.
panel-price-first-month = le premier mois, puis { $list }
panel-price-first-year = la première année, puis { $list }

## Les réglages
panel-erasure = Demande n° { $id } : ce qui est gardé de { $name } est effacé dans la minute, sans retour, et le membre est prévenu.
panel-retention =
    { $count ->
        [0] { $what } : { $days } jours désormais. Rien n’est assez vieux pour être effacé maintenant.
        [one] { $what } : { $days } jours désormais. **1** élément est plus vieux : il est effacé maintenant, sans retour.
       *[other] { $what } : { $days } jours désormais. **{ $count }** éléments sont plus vieux : ils sont effacés maintenant, sans retour.
    }
panel-retention-unlimited = { $what } : gardé sans limite désormais.
panel-set-support_channel = Où les membres demandent de l’aide. Tous doivent le voir.
panel-set-staff_channel = Où l’équipe reçoit les tickets et les alertes. Réservé à l’équipe.
panel-set-support_role = Qui l’a répond aux tickets et entre dans ce panneau.
panel-set-operator_role = Qui l’a règle le bot, la boutique et les concours.
panel-set-language = Celle des messages adressés à tout le monde. Chacun lit les siens dans sa langue.
panel-set-time_zone = Celui des dates de la boutique, par exemple Europe/Paris.
panel-set-currency = Celle des prix. Un article sans prix dans une nouvelle devise n’est plus vendu.

## Le journal : ce qui a été fait, derrière un nom
audit-catalogue_loaded = a chargé le catalogue de départ
audit-currency_changed = a changé la devise de la boutique
audit-plan_added = a créé une formule
audit-plan_edited = a modifié une formule
audit-plan_removed = a retiré une formule de la vente
audit-product_added = a créé un produit
audit-product_edited = a modifié un produit
audit-product_removed = a retiré un produit de la vente
audit-variant_added = a ajouté une variante
audit-stock_set = a réglé le stock
audit-keys_added = a ajouté des clés
audit-keys_taken_back = a retiré des clés non vendues
audit-content_set = a changé ce qui est remis à l’achat
audit-refund_asked = a demandé un remboursement
audit-order_fulfilled = a livré la commande
audit-order_stuck = n’a pas pu livrer la commande
audit-order_state = a changé l’état de la commande
audit-order_refunded = a remboursé la commande
audit-order_disputed = a noté un litige de la banque
audit-evidence_read = a ouvert les preuves d’une commande
audit-order_read = a lu une commande
audit-orders_read = a lu les commandes d’un membre
audit-granted = a donné un accès
audit-revoked = a retiré un accès
audit-promotion_made = a lancé une promotion
audit-promotion_stopped = a arrêté une promotion
audit-promotion_ended = a terminé une promotion
audit-giveaway_made = a lancé un concours
audit-giveaway_ended = a terminé un concours avant l’heure
audit-giveaway_extended = a prolongé un concours
audit-giveaway_paused = a mis un concours en pause
audit-giveaway_resumed = a repris un concours
audit-giveaway_cancelled = a annulé un concours
audit-giveaway_moved = a changé un concours de salon
audit-giveaway_rerolled = a remplacé un gagnant
audit-giveaway_given = a remis un lot à la main
audit-giveaway_repeated = a fait répéter un concours
audit-giveaway_repeat_stopped = a arrêté la répétition d’un concours
audit-milestones_on = a choisi le salon des paliers
audit-milestones_off = a arrêté l’annonce des paliers
audit-milestone_set = a préparé un concours de palier
audit-milestone_removed = a retiré un concours de palier
audit-erasure_confirmed = a confirmé l’effacement des données d’un membre
audit-erasure_refused = a refusé l’effacement des données d’un membre
audit-retention_set = a changé une durée de conservation
audit-planned = a fait préparer une décision à Shellia
audit-approved = a approuvé une décision
audit-rejected = a rejeté une décision
audit-committed = a exécuté une décision
audit-failed = n’a pas pu exécuter une décision
audit-stopped = a tout arrêté
audit-resumed = a fait tout reprendre
audit-autonomy = a changé l’autonomie de Shellia
audit-refused = a été refusé
audit-sign_in_in = s’est connecté au panneau
audit-sign_in_denied = a renoncé à se connecter au panneau
audit-sign_in_expired = a essayé un lien ou un retour périmé vers le panneau
audit-sign_in_discord = n’a pas pu se connecter au panneau : Discord n’a pas répondu
audit-sign_in_nobody = a voulu entrer au panneau sans être d’une équipe
audit-sign_in_busy = a essayé trop souvent d’entrer au panneau

## Ce qu’une commande refuse, dans les mots de la page
panel-not-operator = Ceci est réservé aux opérateurs : ceux qui ont le rôle opérateur, ou la permission « Gérer le serveur ».
panel-problem-role = **{ $option }** : choisissez un rôle du serveur dans la liste du champ.
panel-problem-which-role = **{ $option }** : plusieurs rôles portent ce nom. Écrivez l’identifiant de celui que vous voulez : { $roles }.
panel-problem-channel = **{ $option }** : choisissez un salon textuel du serveur dans la liste du champ.
panel-problem-person = **{ $option }** : choisissez un membre, ou donnez son identifiant.
panel-problem-target = **{ $option }** : choisissez une formule ou un produit dans la liste du champ, ou laissez vide pour tout.
panel-problem-amount = **{ $option }** doit être un montant, comme 50 €.
panel-problem-code = **{ $option }** : rien ne porte ce nom. Choisissez dans la liste du champ.
panel-problem-which-variant = Ce produit a plusieurs variantes : { $variants }. Choisissez-en une.
panel-error-shop-plan-removed = Cette formule n’est plus en vente, ou ne peut pas se vendre au jour. Remettez-la d’abord en vente.
panel-error-shop-free-plan-stays = Cette formule est celle de tout le monde : elle ne se retire pas de la vente.
panel-error-shop-draft = Il manque encore quelque chose à ce produit avant la vente : ouvrez-le et complétez-le.
panel-error-shop-variant-same-content = Toutes les variantes d’un texte ou d’un fichier remettent le même contenu : à un autre prix, ce serait payer plus pour la même chose. Créez plutôt un second produit.
panel-error-shop-stock-of-keys = Le stock de ce produit, ce sont ses clés : laissez ce champ vide et ajoutez des clés.
panel-error-shop-not-keys = Ce produit ne remet pas de clés. Réglez plutôt son stock.
panel-error-shop-content-is-file = Ce produit remet un fichier, et cette page n’en prend pas. Donnez-le dans Discord, avec la commande qui règle le contenu d’un produit.
panel-error-shop-staff-role = Ce rôle fait partie de l’équipe ici : qui l’obtiendrait lirait tous les tickets. Créez un rôle à part pour la boutique et choisissez-le.
panel-error-shop-free-plan = La formule gratuite est déjà celle de chaque membre : choisissez-en une autre.
panel-error-giveaway-none = Il n’y a pas de concours sous ce numéro. Revenez à la liste.
panel-error-giveaway-not-later = Cette fin n’est pas après l’actuelle. Pour finir plus tôt, terminez plutôt le concours.
panel-error-promo-none = Il n’y a pas de promotion sous ce numéro. Revenez à la liste.
panel-error-revoke-none = Ce membre n’a rien de tel donné à la main. Ce qui est payé se rembourse depuis sa commande.
panel-error-ticket-closed = Ce ticket est fermé. Rouvrez-le d’abord.
panel-error-ticket-closed-for-good-staff = Ce ticket est fermé, et il est trop tard pour le rouvrir. Demandez au membre d’en ouvrir un nouveau ; une note reste possible.
panel-error-ticket-already-closed = Ce ticket est déjà fermé. Si tout n’est pas réglé, rouvrez-le.
panel-error-ticket-already-resolved = Ce ticket est déjà résolu. Pour le terminer, fermez-le.
panel-error-ticket-taken = Quelqu’un a déjà pris ce ticket. Pour en changer le responsable, attribuez-le.
panel-error-ticket-not-ended = Ce ticket n’est ni résolu ni fermé : répondez-y.
panel-error-ticket-unchanged = C’est déjà le cas : rien n’a changé.
panel-error-privacy-decided = Cette demande est déjà traitée, ou son membre l’a retirée. Revenez à la liste.
panel-field-month_price = Prix par mois
panel-field-year_price = Prix par an
panel-field-trial_days = Essai gratuit (jours)
panel-field-level = Niveau
panel-field-member_limit = Par membre, au plus
panel-field-about = Description
panel-field-product_category = Catégorie
panel-field-kind = Genre
panel-field-days = Jours
panel-field-plan = Formule
panel-field-content = Texte
panel-field-keys = Clés
panel-field-variant = Variante
panel-field-given_plan = Formule donnée
panel-field-given_role = Rôle donné
panel-field-given_days = Pour combien de jours
panel-field-won_product = Produit gagné
panel-field-won_variant = Variante
panel-field-won_coupon = Réduction gagnée
panel-field-coupon_days = Réduction valable (jours)
panel-field-any_role = Au moins un de ces rôles
panel-field-all_roles = Tous ces rôles
panel-field-no_role = Aucun de ces rôles
panel-field-needs_plan = Réservé à la formule
panel-field-account_days = Compte vieux de (jours)
panel-field-member_days = Membre depuis (jours)
panel-field-bonus_role = Rôle qui a plus de chances
panel-field-bonus_entries = Participations en plus
panel-field-claim_hours = Heures pour réclamer
panel-field-fairness = Source du hasard
panel-field-prize = Lot
panel-field-winners = Gagnants
panel-field-duration = Durée
panel-field-giveaway_begins = Début
panel-field-starts = Début
panel-field-giveaway_channel = Salon
panel-field-giveaway_text = Description
panel-field-value = Valeur
panel-field-target = Sur
panel-field-code = Code à saisir
panel-field-uses = Utilisations, au plus
panel-field-per_member = Par membre, au plus
panel-field-budget = Budget
panel-field-reason = Raison
panel-field-note = Précision
panel-field-member = Membre
panel-field-state = État
panel-field-to = À
panel-field-role = Rôle
panel-field-price = Prix
panel-field-stock = Stock
panel-field-name = Nom
panel-field-kept_days = Jours
panel-choice-pending = en attente
panel-choice-awaiting = paiement en cours
panel-choice-paid = payée
panel-choice-fulfilled = livrée
panel-choice-canceled = annulée
panel-choice-expired = expirée
panel-choice-failed = échouée
panel-choice-refunded = remboursée
panel-choice-scheduled = à venir
panel-choice-active = en cours
panel-choice-ended = terminée
panel-choice-stopped = arrêtée
panel-choice-open = ouvert
panel-choice-paused = en pause
panel-choice-drawing = tirage en cours
panel-choice-drawn = gagnants tirés
panel-choice-done = terminé
panel-choice-cancelled = annulé
panel-choice-newest = les plus récentes
panel-choice-oldest = les plus anciennes
panel-choice-total = le plus grand total
panel-choice-breached = dépassé
panel-choice-soon = bientôt dépassé
panel-choice-ok = dans les temps
panel-choice-asc = croissant
panel-choice-desc = décroissant
## The audit: values in words
audit-nothing = rien
audit-thing-plan = la formule { $name }
audit-thing-product = le produit { $name }
audit-until = { $what }, jusqu’au { $until }
audit-field = { $field } : { $value }
audit-field-name = Nom
audit-field-benefits = Avantages
audit-field-level = Rang
audit-field-support = Support
audit-field-role = Rôle
audit-field-trial_days = Essai gratuit
audit-field-hidden = Visibilité
audit-field-archived = Vente
audit-field-month = Prix par mois
audit-field-year = Prix par an
audit-field-price = Prix
audit-field-description = Description
audit-field-category = Catégorie
audit-field-plan = Formule donnée
audit-field-days = Durée
audit-field-visible_role = Rôle qui le voit
audit-field-member_limit = Achats par membre, au plus
audit-hidden-true = cachée des membres
audit-hidden-false = montrée à tous
audit-archived-true = retiré de la vente
audit-archived-false = en vente
audit-days = { $count ->
    [0] aucun jour
    [one] { $count } jour
   *[other] { $count } jours
 }
audit-stock-unlimited = sans limite
audit-stock = { $count ->
    [0] épuisé
    [one] { $count } en stock
   *[other] { $count } en stock
 }
audit-keys = { $count ->
    [one] { $count } clé
   *[other] { $count } clés
 }
audit-content-text = { $count ->
    [one] un texte de { $count } caractère
   *[other] un texte de { $count } caractères
 }
audit-content-file = le fichier { $name } ({ $kilobytes } ko)
audit-file = fichier n° { $number }
audit-milestone = { $count ->
    [one] { $count } membre
   *[other] { $count } membres
 }
audit-all-orders = a lu la liste des commandes
audit-dispute-none = aucun litige
audit-dispute-open = la banque examine le paiement
audit-dispute-won = gagné, le paiement reste
audit-dispute-lost = perdu, la banque a repris le paiement
audit-via-link = par un lien à usage unique
audit-via-discord = par Discord
audit-asked-analytics = lire les chiffres
audit-asked-approve = approuver une décision
audit-asked-audit = lire le journal de Shellia
audit-asked-autonomy = régler l’autonomie
audit-asked-catalogue = lire le catalogue
audit-asked-commit = exécuter une décision
audit-asked-giveaways = lire les concours
audit-asked-guild = lire les réglages du serveur
audit-asked-plan = préparer une décision
audit-asked-plans = lire les décisions
audit-asked-promotions = lire les promotions
audit-asked-read_plan = lire une décision
audit-asked-reject = rejeter une décision
audit-asked-report = lire le bilan
audit-asked-settings = lire les réglages de la boutique
audit-asked-stop = tout arrêter
audit-asked-switch = lire si Shellia peut agir
audit-asked-tickets = lire les tickets
audit-asked-door = demander quelque chose à Maxis
audit-why-not_allowed = il faut être administrateur du serveur
audit-why-not_found = introuvable
audit-why-over_cap = c’est plus que ce qui est permis
audit-why-error-promo-cooldown = une promotion y court ou vient d’y finir, il faut attendre
audit-why-error-promo-no-reduction = le prix avait été aussi bas peu avant
audit-door-missing = sans laissez-passer
audit-door-malformed = laissez-passer illisible
audit-door-key = laissez-passer signé d’une autre clé
audit-door-audience = laissez-passer destiné à un autre Maxis
audit-door-expired = laissez-passer périmé
audit-door-time = laissez-passer d’un autre moment : les horloges diffèrent, ou Maxis vient de démarrer
audit-door-too_long = laissez-passer valable trop longtemps
audit-door-altered = laissez-passer d’une autre demande
audit-door-replayed = laissez-passer déjà utilisé
audit-door-too_many = trop de demandes à la fois
audit-refused-more = (les refus suivants de ces 24 heures ne sont plus inscrits)
panel-field-opener = Ouvert par
panel-field-sla = Délai
panel-field-sort = Ordre
panel-field-dir = Sens
panel-field-limit = Nombre par page
panel-field-q = Recherche
panel-field-who = Qui
panel-field-seen = Vu jusqu’à
panel-field-do = Action
panel-field-numbers = Tickets
panel-field-body = Texte
panel-field-title = Titre
panel-field-query = Filtres
panel-field-cursor = Page
panel-field-from = Du
panel-choice-priority = urgence
panel-choice-updated = dernier changement
panel-choice-created = ouverture
panel-choice-due = échéance
panel-problem-unknown = **{ $option }** : la page ne connaît pas cette valeur. Rechargez-la et choisissez parmi ce qu’elle propose.
panel-no-order = Il n’y a pas de commande sous ce numéro sur ce serveur. Revenez à la liste.
panel-error-privacy-none = Il n’y a pas de demande sous ce numéro. Revenez à la liste.
panel-error-privacy-obstacles-staff = Ce membre a encore un abonnement, une commande, un remboursement, un litige ou un concours en cours : attendez sa fin, puis confirmez.
