## Noms et descriptions des commandes de promotions
cmd-promo_create-name = promo_créer
cmd-promo_create = Lancer une promotion, avec ou sans code
cmd-promo_list-name = promo_liste
cmd-promo_list = Voir les promotions en cours et à venir, ou toutes
cmd-promo_view-name = promo_voir
cmd-promo_view = Voir une promotion et ce qu’elle a rapporté
cmd-promo_stop-name = promo_arrêter
cmd-promo_stop = Arrêter une promotion
cmd-redeem-name = code
cmd-redeem = Vérifier un code et le garder pour votre prochain achat
cmd-referral-name = parrainage
cmd-referral = Voir votre code de parrainage et vos crédits
cmd-shop_reminders-name = rappels_boutique
cmd-shop_reminders = Choisir si l’on vous rappelle un paiement laissé en route

## Options
opt-value-name = valeur
opt-value = Ce qui est retiré du prix : 20 % ou 5 €
opt-target-name = cible
opt-target = tout, formules, produits, formule/pro ou produit/ebook
opt-duration-name = durée
opt-duration = Une durée (30 min, 48h, 3j, 2 semaines) ou une date de fin (24/12, 24/12/2026 18h)
opt-promo_reason-name = raison
opt-promo_reason = Pourquoi, en quelques mots
opt-promo_code-name = code
opt-promo_code = De 3 à 30 lettres sans accent ou chiffres, comme NOEL20
opt-uses-name = utilisations
opt-uses = Combien de fois en tout
opt-per_member-name = par_membre
opt-per_member = Combien de fois par membre
opt-first_purchase-name = premier_achat
opt-first_purchase = Seulement pour un premier achat
opt-budget-name = budget
opt-budget = Ce que la promotion peut coûter en tout, comme 200 €
opt-begins-name = début
opt-begins = Quand elle commence : dans 3j, ou le 24/12 8h ; sinon tout de suite
opt-promo_kind-name = genre
opt-promo_kind = À quoi elle sert
opt-promotion-name = promotion
opt-promotion = Numéro de la promotion, par exemple 3
opt-which-name = lesquelles
opt-which = Celles en cours et à venir, ou toutes
opt-promo_before-name = avant
opt-promo_before = Les promotions plus anciennes que ce numéro
opt-reminders-name = rappels
opt-reminders = Oui ou non

## Choix
choice-welcome = Bienvenue
choice-abandoned_cart = Panier abandonné
choice-upsell = Montée en gamme
choice-win_back = Reconquête
choice-manual = Autre
choice-live = En cours et à venir
choice-live-also = en cours, à venir, actives
choice-on = Oui
choice-off = Non

## Formulaires
form-promo_create = Lancer une promotion
form-promo_view = Voir une promotion
form-promo_stop = Arrêter une promotion
label-promotion = Numéro de la promotion
hint-promo_stop-promotion = 12
hint-promo_view-promotion = 12
form-redeem = Utiliser un code
label-value = Valeur
label-target = Cible
label-duration = Durée ou fin
label-promo_reason = Raison
label-promo_code = Code
hint-promo_create-value = 20 % ou 5 €
hint-promo_create-target = tout, formules, produits, formule/pro ou produit/ebook
hint-promo_create-duration = 30 min, 48h, 3j, 2 semaines, 24/12 18h
hint-promo_create-promo_reason = Soldes d’été
hint-promo_create-promo_code = NOEL20 ; vide : pour tout le monde, sans code
hint-redeem-promo_code = NOEL20

## Ce qui vient d’être fait
promo-made = 🎉 Promotion #{ $number } lancée : **{ $off }** sur { $target }, jusqu’au { $ends }.
promo-planned = ⏳ Promotion #{ $number } prévue : **{ $off }** sur { $target }, du { $starts } au { $ends }.
promo-made-code = Code à taper : `{ $code }`
promo-stopped = 🛑 Promotion #{ $number } arrêtée. Les commandes déjà passées gardent leur prix.
redeem-done = ✅ Code `{ $code }` gardé pour votre prochain achat : **{ $off }** sur { $target }, jusqu’au { $ends }. Si une promotion en cours retire davantage, c’est elle qui compte.
referral-joined = 🤝 C’est noté, merci ! La personne qui vous a recommandé la boutique aura un crédit après votre premier achat.
reminders-ask = Si vous laissez un paiement en route, nous pouvons vous le rappeler une fois, en message privé. Rien d’autre, et vous pouvez arrêter quand vous voulez.
reminders-on = 🔔 D’accord : nous vous rappellerons un paiement laissé en route.
reminders-off = 🔕 D’accord : aucun rappel.
button-promo-view = Voir
button-promo-stop = Arrêter
button-promo-older = Plus anciennes
button-promo-number = #{ $number }
button-reminders-on = Oui, me le rappeler
button-reminders-off = Ne plus rappeler

## Une promotion
promo-title = 🏷️ Promotion #{ $number }
promo-target-everything = toute la boutique
promo-target-plans = toutes les formules
promo-target-products = tous les produits
promo-target-plan = la formule { $name }
promo-target-product = le produit { $name }
promo-automatic = sans code, pour tout le monde
promo-field-state = État
promo-field-value = Réduction
promo-field-target = Sur
promo-field-code = Code
promo-field-starts = Début
promo-field-ends = Fin
promo-field-uses = Utilisations
promo-field-budget = Coût
promo-field-per-member = Par membre
promo-field-first = Premier achat seulement
promo-field-kind = Genre
promo-field-by = Par
promo-state-scheduled = à venir
promo-state-active = en cours
promo-state-ended = terminée
promo-state-stopped = arrêtée
promo-ending-due = à sa date
promo-ending-used_up = toutes les utilisations sont prises
promo-ending-budget = budget épuisé
promo-ending-stopped = par l’équipe
promo-ending-no_reduction = les prix d’avant étaient aussi bas
promo-figures = 📈 Ce qu’elle a rapporté
promo-figures-used = Achats
promo-figures-reserved = Paiements attendus
promo-figures-revenue = Encaissé
promo-figures-discount = Réductions
promo-list = 🏷️ Promotions en cours et à venir
promo-list-all = 🏷️ Toutes les promotions
promo-list-none = Aucune pour l’instant. Lancez-en une avec `/promo_créer`.

## Parrainage
referral-title = 🤝 Parrainage
referral-body = Votre code : `{ $code }`
    Un ami le donne avec `/code` avant son premier achat ; vous recevez { $percent } % de ce qu’il a payé, { $days } jours après, si l’achat tient. Les invitations ne comptent pas.
    Votre crédit se déduit de lui-même de votre prochain achat, quand il retire plus qu’une promotion.
referral-waiting = Pas encore d’achat
referral-held = En attente
referral-credited = Crédité
referral-reversed = Annulé
referral-left = Crédit à dépenser

## Ce qui ne va pas
problem-percent-or-amount = **{ $option }** : s’agit-il d’un pourcentage ou d’un montant ? Écrivez par exemple 20 % ou 5 €.
problem-discount = **{ $option }** doit être un pourcentage ou un montant, comme 20 % ou 5 €.
problem-promo-code = **{ $option }** ne peut contenir que des lettres de A à Z sans accent, des chiffres, - et _. « { $strange } » n’en fait pas partie, même si ce signe peut y ressembler : retapez le code à la main.
problem-promo-code-length = **{ $option }** doit avoir de 3 à 30 signes.
problem-over-cap = **{ $option }** : une promotion retire au plus { $cap } % du prix. Écrivez { $cap } % ou moins.
problem-over-cap-amount = **{ $option }** : une promotion retire au plus { $cap } % du prix le plus bas qu’elle touche. Ici, le moins cher coûte { $lowest } : retirez { $most } au plus, ou choisissez une cible plus chère.
problem-target = **{ $option }** doit être : tout, formules, produits, formule/pro ou produit/ebook, avec un nom ou un code derrière la barre. Un nom de plusieurs mots se met entre guillemets : "produit/Jeu complet".
problem-duration = **{ $option }** doit être une durée (30 min, 48h, 3j, 2 semaines) ou une date (24/12, 24/12/2026 18h).
error-promo-unknown = Ce code n’existe pas. Vérifiez comment il s’écrit.
error-promo-not-begun = Cette promotion n’a pas encore commencé.
error-promo-ended = Cette promotion est terminée.
error-promo-used-up = La dernière utilisation de cette promotion est partie. L’achat reste possible sans elle, au prix normal.
error-promo-member-cap = Vous avez déjà utilisé ce code autant de fois que possible.
error-promo-first-only = Ce code est réservé à un premier achat.
error-promo-not-for-this = Ce code ne s’applique pas à cet article.
error-promo-budget-spent = Le budget de cette promotion est dépensé. L’achat reste possible sans elle, au prix normal.
error-promo-smaller = La promotion en cours retire autant ou davantage que ce code : achetez sans code, vous y gagnez.
error-promo-ends-first = La fin doit venir après le début, et dans l’avenir.
error-promo-too-long = Une promotion finit dans les 90 jours.
error-promo-nothing-there = Rien n’est vendu sous cette cible. Vérifiez le code de la formule ou du produit.
error-promo-currency = Ce montant n’est pas dans la monnaie de la boutique.
error-promo-nothing-off = Cette réduction ne retirerait rien : les prix sont trop petits.
error-promo-no-use = Une promotion doit pouvoir servir au moins une fois.
error-promo-budget-small = Ce budget ne suffirait pas pour un seul achat.
error-promo-budget-dearest = Ce budget ne paierait pas la réduction de l’article le plus cher que vise cette promotion. Augmentez-le, ou visez un seul article.
error-promo-code-taken = Ce code sert déjà à une promotion en cours ou à venir.
error-promo-cooldown = La promotion #{ $number } ({ $target }) s’est arrêtée le { $over }, et une semaine de repos suit : c’est possible à partir du { $rested }. { $way ->
    [code] D’ici là, visez autre chose.
   *[all] D’ici là, mettez un code, ou visez autre chose.
    }
error-promo-has-one = La promotion #{ $number } ({ $target }) va jusqu’au { $over }, et une semaine de repos suit : c’est possible à partir du { $rested }. { $way ->
    [code] Voyez-la avec `/promo_voir`, ou visez autre chose.
   *[all] Voyez-la avec `/promo_voir`, mettez un code à celle-ci, ou visez autre chose.
    }
error-promo-too-busy = Une formule ne peut pas être en promotion plus d’un quart du temps : 7 jours et demi sur 30.
error-promo-no-reduction = **{ $item }** a été proposé à { $lowest } ces 30 derniers jours : à { $price }, ce ne serait pas une vraie réduction.
error-promo-reduces-from = Ce le sera à partir du { $from }. D’ici là, retirez davantage, ou visez autre chose.
error-promo-reduces-later = Une promotion en cours le met encore à un prix aussi bas : retirez davantage, ou visez autre chose.
error-promo-none = Aucune promotion sous ce numéro. Elles sont toutes dans `/promo_liste`.
error-promo-over = Cette promotion est déjà terminée.
promo-not-begun-title = 🛑 Une promotion n’a pas commencé
promo-not-begun = Elle devait commencer maintenant, mais n’aurait pas demandé moins que le prix le plus bas des 30 derniers jours : l’annoncer serait trompeur. Elle est arrêtée et rien n’a changé pour les acheteurs. Choisissez une réduction plus forte, ou attendez que l’ancien prix ait 30 jours.
error-referral-own = C’est votre propre code : donnez-le à un ami.
error-referral-mutual = C’est vous qui avez recommandé la boutique à ce membre : on ne peut pas se parrainer l’un l’autre. Votre propre recommandation compte toujours.
error-referral-other = Quelqu’un vous a déjà recommandé la boutique.
error-referral-late = Un code de parrainage se donne avant le premier achat.
