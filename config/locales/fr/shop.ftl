## Noms et descriptions des commandes de la boutique
cmd-shop-name = boutique
cmd-shop = Voir ce qui est en vente
cmd-plans-name = formules
cmd-plans = Comparer les formules, au mois ou à l’année
cmd-product_list-name = produit_liste
cmd-product_list = Voir tous les produits, brouillons et produits retirés compris
cmd-product_add-name = produit_ajouter
cmd-product_add = Ajouter un produit à la boutique
cmd-product_edit-name = produit_modifier
cmd-product_edit = Changer un produit : nom, prix, rayon, rôle, mise en vente…
cmd-product_remove-name = produit_retirer
cmd-product_remove = Retirer de la vente un produit ou une de ses variantes
cmd-product_stock-name = produit_stock
cmd-product_stock = Dire combien il en reste
cmd-product_keys-name = produit_clés
cmd-product_keys = Ajouter des clés, une par ligne, ou en reprendre d’invendues
cmd-product_content-name = produit_contenu
cmd-product_content = Donner le texte ou le fichier que reçoit l’acheteur
cmd-variant_add-name = variante_ajouter
cmd-variant_add = Ajouter une variante à un produit
cmd-plan_add-name = formule_ajouter
cmd-plan_add = Ajouter une formule
cmd-plan_edit-name = formule_modifier
cmd-plan_edit = Changer une formule : nom, avantages, prix, rôle, essai…
cmd-plan_remove-name = formule_retirer
cmd-plan_remove = Retirer une formule de la vente ; qui l’a la garde
cmd-shop_settings-name = boutique_réglages
cmd-shop_settings = Voir ou changer la devise de la boutique

## Options
opt-product-name = produit
opt-product = Le nom ou le code d’un produit, par exemple jeu-complet
opt-variant-name = variante
opt-variant = Le nom ou le code d’une variante ; inutile s’il n’y en a qu’une
opt-plan-name = formule
opt-plan = Le nom ou le code d’une formule, par exemple pro
opt-product_category-name = rayon
opt-product_category = Le rayon de la boutique
opt-name-name = nom
opt-name = Le nom que lisent les membres (entre guillemets si vous tapez la commande)
opt-kind-name = type
opt-kind = Ce que reçoit l’acheteur
opt-price-name = prix
opt-price = Un montant comme 4,99 ; 0 pour offrir
opt-month_price-name = prix_mois
opt-month_price = Le prix d’un mois, comme 4,99
opt-year_price-name = prix_an
opt-year_price = Le prix d’un an, comme 47,90
opt-about-name = présentation
opt-about = Ce que c’est, en quelques lignes
opt-benefits-name = avantages
opt-benefits = Ce qu’apporte la formule, un avantage par ligne
opt-role-name = rôle
opt-role = Un rôle du serveur
opt-days-name = jours
opt-days = Combien de jours l’acheteur le garde
opt-visible_role-name = réservé_à
opt-visible_role = Le rôle qui voit ce produit ; les autres ne le voient pas
opt-member_limit-name = limite
opt-member_limit = Combien un même membre peut en acheter
opt-on_sale-name = en_vente
opt-on_sale = Mettre ou remettre en vente
opt-emptied-name = vider
opt-emptied = Ce qui doit ne plus rien contenir ; si vous tapez la commande, plusieurs entre virgules
opt-stock-name = stock
opt-stock = Combien il en reste
opt-unlimited-name = illimité
opt-unlimited = Vendre sans compter
opt-keys-name = clés
opt-keys = Les clés, une par ligne
opt-upload-name = fichier_joint
opt-upload = Le fichier à remettre, ou un fichier texte avec une clé par ligne
opt-take_back-name = reprendre
opt-take_back = Combien de clés invendues reprendre
opt-content-name = contenu
opt-content = Le texte que reçoit l’acheteur
opt-support-name = assistance
opt-support = Le niveau d’assistance de la formule
opt-level-name = rang
opt-level = La place parmi les formules : la plus haute est la plus complète
opt-trial_days-name = essai
opt-trial_days = Jours d’essai ; 0 pour aucun
opt-hidden-name = cachée
opt-hidden = Ne pas montrer la formule
opt-period-name = période
opt-period = La période
opt-currency-name = devise
opt-currency = Le code d’une devise, par exemple EUR

## Choix
choice-role = Rôle
choice-key = Clé
choice-file = Fichier
choice-text = Texte
choice-plan_days = Jours de formule
choice-community = Entraide
choice-normal = Assistance de l’équipe
choice-priority = Assistance prioritaire
choice-vip = Assistance VIP
choice-benefits = Avantages
choice-year_price = Prix de l’année
choice-year_price-also = prix_an, an, année, year
choice-about = Présentation
choice-product_category = Rayon
choice-product_category-also = catégorie, category
choice-member_limit = Limite par membre
choice-member_limit-also = limite, limit
choice-visible_role = Rôle à qui il est réservé
choice-visible_role-also = réservé_à, réservé, visible_role
choice-no = Non
choice-month = Au mois
choice-year = À l’année
choice-eur = Euro (€)
choice-usd = Dollar américain ($)
choice-gbp = Livre sterling (£)
choice-chf = Franc suisse (CHF)
choice-cad = Dollar canadien (CA$)
choice-xof = Franc CFA d’Afrique de l’Ouest (F CFA)
choice-xaf = Franc CFA d’Afrique centrale (FCFA)
choice-mad = Dirham marocain (MAD)
choice-aud = Dollar australien (A$)
choice-brl = Real brésilien (R$)
choice-clp = Peso chilien (CLP)
choice-czk = Couronne tchèque (Kč)
choice-dkk = Couronne danoise (DKK)
choice-jpy = Yen (¥)
choice-krw = Won (₩)
choice-mxn = Peso mexicain (MX$)
choice-nok = Couronne norvégienne (NOK)
choice-pln = Zloty (zł)
choice-sek = Couronne suédoise (SEK)
choice-vnd = Dong (₫)

## Formulaires
form-product_add = Ajouter un produit
form-variant_add = Ajouter une variante
form-product_edit = Modifier un produit
form-product_remove = Retirer un produit
form-plan_edit = Modifier une formule
form-plan_remove = Retirer une formule
label-product = Produit
label-plan = Formule
hint-product_remove-product = Son nom ou son code
hint-product_stock-product = Son nom ou son code
hint-product_keys-product = Son nom ou son code
hint-product_content-product = Son nom ou son code
hint-variant_add-product = Son nom ou son code
hint-product_role-product = Son nom ou son code
hint-product_days-product = Son nom ou son code
hint-product_days-plan = Son nom ou son code
hint-plan_remove-plan = Son nom ou son code
hint-product_edit-product = Son nom ou son code
hint-product_edit-name = Vide : inchangé
hint-product_edit-price = Vide : inchangé
hint-product_edit-about = Vide : inchangé
hint-product_edit-product_category = Vide : inchangé
hint-plan_edit-plan = Son nom ou son code
hint-plan_edit-name = Vide : inchangé
hint-plan_edit-month_price = Vide : inchangé
hint-plan_edit-year_price = Vide : inchangé
hint-plan_edit-benefits = Vide : inchangé
form-product_stock = Stock
form-product_keys = Ajouter des clés
form-product_content = Ce que reçoit l’acheteur
form-product_role = Le rôle du produit
form-product_days = Les jours de formule
form-plan_add = Ajouter une formule
label-name = Nom
label-kind = Ce que reçoit l’acheteur
label-price = Prix
label-about = Présentation
label-product_category = Rayon
label-stock = Il en reste
label-keys = Clés, une par ligne
label-content = Texte
label-role = Rôle à donner
label-days = Nombre de jours
label-month_price = Prix d’un mois
label-year_price = Prix d’un an
label-benefits = Avantages, un par ligne
label-trial_days = Jours d’essai
hint-product_add-name = Pack de textures
hint-product_add-kind = Rôle, clé, fichier, texte ou jours de formule
hint-product_add-price = 4,99
hint-product_add-about = Ce que c’est, en quelques lignes
hint-product_add-product_category = Jeux
hint-variant_add-name = Édition de luxe
hint-variant_add-price = 9,99
hint-variant_add-stock = Vide : sans limite
hint-product_stock-stock = 25
hint-product_keys-keys = AAAA-BBBB-CCCC
hint-product_content-content = Un texte. Pour un fichier : fermez, et joignez-le à la commande.
hint-product_role-role = Son nom, par exemple Premium
hint-product_days-days = 30
hint-plan_add-name = Argent
hint-plan_add-month_price = 4,99
hint-plan_add-year_price = 47,90
hint-plan_add-benefits = Les salons réservés aux abonnés
hint-plan_add-trial_days = 0

## Boutique
shop-title = 🏬 Boutique
shop-empty = La boutique est vide pour l’instant. Les formules sont dans `/formules`.
shop-none-fits = Rien dans ce rayon.
shop-page = Page { $page } sur { $pages }
shop-no-price = —
shop-free = Gratuit
shop-from = dès { $price }
shop-offer-terms = prix le plus bas des 30 derniers jours : { $lowest } · jusqu’au { $until }
shop-field-offer = Promotion
shop-out-of-stock = épuisé
shop-unavailable = Pas disponible pour l’instant : l’équipe doit d’abord réparer cet article.
shop-left = { $count ->
    [one] plus qu’un
   *[other] plus que { $count }
    }
shop-unlimited = sans limite
shop-days = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
    }
shop-for-good = pour toujours
shop-field-gives = Vous recevez
shop-field-price = Prix
shop-field-stock = Stock
shop-field-variants = Variantes
shop-field-limit = Par membre, au plus
shop-field-code = Code
shop-field-state = État
shop-field-category = Rayon
shop-field-visible = Réservé à
shop-field-month = Au mois
shop-field-year = À l’année
shop-field-support = Assistance
shop-field-level = Rang
shop-field-role = Rôle
shop-field-trial = Essai
shop-field-currency = Devise
shop-state-on = ✅ En vente
shop-state-no-keys = ⚠️ Épuisé : ajoutez des clés avec `/produit_clés`
shop-state-no-stock = ⚠️ Épuisé : dites combien il en reste avec `/produit_stock`
shop-state-off = 🗄️ Pas en vente
shop-state-role-gone = ⛔ Pas vendu : son rôle a été supprimé. Donnez-lui-en un autre avec `/produit_modifier`
shop-state-role-stuck = ⛔ Pas vendu : je ne peux pas donner son rôle. L’alerte dans le salon de l’équipe dit quoi faire
shop-role-warning = Tant que ce n’est pas réglé, qui l’achète ne reçoit pas le rôle.
shop-state-hidden = 🔒 Cachée
shop-state-plan-role-gone = ⛔ Pas vendu : le rôle de sa formule a été supprimé. Donnez-en un autre à la formule avec `/formule_modifier`
shop-plan-role-gone = Pas vendu : le rôle de sa formule a été supprimé. Donnez-en un autre à la formule avec `/formule_modifier`, ou retirez ces jours de la vente avec `/produit_retirer`.
shop-role-gone = Pas vendu : son rôle a été supprimé. Donnez-lui-en un autre avec `/produit_modifier`, ou retirez-le de la vente avec `/produit_retirer`.
shop-role-stuck = Pas vendu : je ne peux pas donner son rôle. L’alerte dans le salon de l’équipe dit quoi faire.
button-buy = Acheter · { $price }
button-back-to-shop = Boutique
button-all-products = Tout
button-page-before = Précédent
button-page-after = Suivant
button-plans = Formules

## Formules
plans-title = ⭐ Formules
plans-intro = Choisissez celle qui vous va ; vous pourrez en changer.
plans-none = Aucune formule n’est en vente pour l’instant.
plans-unavailable = Pas disponible pour l’instant : l’équipe doit d’abord la réparer.
plans-role-gone = Pas vendue : son rôle a été supprimé. Donnez-lui-en un autre avec `/formule_modifier`.
plans-role-stuck = Pas vendue : je ne peux pas donner son rôle. L’alerte dans le salon de l’équipe dit quoi faire.
plans-yours = ✅ la vôtre
plans-per-month = { $price } par mois
plans-per-year = { $price } par an
plans-first-month = { $price } le premier mois, puis { $list } par mois
plans-first-year = { $price } la première année, puis { $list } par an
button-plans-month = Voir au mois
button-plans-year = Voir à l’année
button-choose = Choisir { $plan }
button-upgrade = Passer à { $plan }
button-downgrade = Revenir à { $plan }
button-trial = { $days ->
    [one] Essayer { $plan } un jour
   *[other] Essayer { $plan } { $days } jours
    }

## Ce que fait l’équipe
product-list-title = 📚 Produits
product-list-empty = Aucun produit. Ajoutez le premier avec `/produit_ajouter`.
product-added = ✅ **{ $name }** est créé. Son code : `{ $code }`.
product-edited = ✅ C’est changé.
product-unchanged = Rien n’a changé. Donnez ce que vous voulez changer : nom, prix, rayon…
product-removed = 🗄️ **{ $name }** n’est plus en vente. Qui l’a acheté le garde.
product-namesake = ⚠️ Ce nom est déjà pris : { $others }. Qui le tape doit choisir entre eux ; pour un nom à lui, `/produit_modifier`.
plan-namesake = ⚠️ Une autre formule porte déjà ce nom : { $others }. Qui le tape doit choisir entre elles ; pour un nom à elle, `/formule_modifier`.
plan-namesake-product = ⚠️ Un produit porte déjà ce nom : { $others }. Qui le tape doit choisir entre les deux ; pour donner à la formule un nom à elle, `/formule_modifier`.
product-namesake-plan = ⚠️ Une formule porte déjà ce nom : { $others }. Qui le tape doit choisir entre les deux ; pour donner au produit un nom à lui, `/produit_modifier`.
product-is-free = 🎁 Son prix est de 0 : les membres le reçoivent sans payer.
variant-added = ✅ Variante **{ $name }** ajoutée.
variant-removed = 🗄️ La variante `{ $variant }` de **{ $name }** n’est plus en vente.
stock-set = ✅ Stock de **{ $name }** (`{ $variant }`) : { $stock }.
keys-added = { $count ->
    [0] 🔑 Aucune clé ajoutée ; { $left } en stock.
    [one] 🔑 Une clé ajoutée ; { $left } en stock.
   *[other] 🔑 { $count } clés ajoutées ; { $left } en stock.
    }
keys-doubled = { $count ->
    [one] Une clé en double, laissée de côté.
   *[other] { $count } clés en double, laissées de côté.
    }
keys-blank = { $count ->
    [one] Une ligne vide, laissée de côté.
   *[other] { $count } lignes vides, laissées de côté.
    }
keys-taken-back = { $count ->
    [one] 🔑 Une clé invendue est retirée du stock : la voici.
   *[other] 🔑 { $count } clés invendues sont retirées du stock : les voici.
    }
content-set = ✅ C’est ce que recevra l’acheteur.
plan-added = ✅ Formule **{ $name }** créée. Son code : `{ $code }`.
plan-edited = ✅ C’est changé.
plan-keep-price = { $count ->
    [0] Le nouveau prix vaut pour les prochains abonnements. Aucun abonné actuel ne paie autre chose.
    [one] Le nouveau prix vaut pour les prochains abonnements. Un abonné actuel garde le sien, tant qu’il ne change pas de formule.
   *[other] Le nouveau prix vaut pour les prochains abonnements. { $count } abonnés actuels gardent le leur, tant qu’ils ne changent pas de formule.
    }
plan-year-emptied = { $count ->
    [0] La formule ne se vend plus à l’année. Aucun abonné actuel ne paie à l’année.
    [one] La formule ne se vend plus à l’année. Un abonné actuel garde son prix à l’année, tant qu’il ne change pas de formule.
   *[other] La formule ne se vend plus à l’année. { $count } abonnés actuels gardent leur prix à l’année, tant qu’ils ne changent pas de formule.
    }
plan-role-emptied = La formule ne donne plus de rôle. Qui n’avait le sien que par elle le perd dans les six heures.
plan-unchanged = Rien n’a changé. Donnez ce que vous voulez changer : nom, avantages, prix…
plan-removed = 🗄️ La formule **{ $name }** n’est plus en vente. Qui l’a la garde.
shop-settings-title = 🏬 Réglages de la boutique
shop-settings-changed = ✅ C’est changé.
shop-without-price = { $count ->
    [one] ⚠️ Un article n’a pas de prix dans cette devise : il n’est pas vendu tant qu’il n’en a pas.
   *[other] ⚠️ { $count } articles n’ont pas de prix dans cette devise : ils ne sont pas vendus tant qu’ils n’en ont pas.
    }
shop-lacks-role = 📝 Il manque le rôle à donner. Choisissez-le avec `/produit_modifier` : le produit sera mis en vente.
shop-lacks-plan = 📝 Il manque la formule et le nombre de jours. Choisissez la formule : le produit sera mis en vente.
shop-lacks-file = 📝 Il manque le fichier. Donnez-le avec `/produit_contenu` et son option `fichier_joint`, ou tapez `!produit_contenu { $code }` avec le fichier joint au message : le produit sera mis en vente.
shop-lacks-text = 📝 Il manque le texte que reçoit l’acheteur. Écrivez-le : le produit sera mis en vente.
button-set-role = Donner le rôle
button-set-content = Écrire le texte
button-add-keys = Ajouter des clés
button-back-on-sale = Remettre en vente

## Refus, et quoi faire à la place
problem-not-a-code = **{ $option }** doit être un code : lettres sans accent, chiffres et tirets, 32 au plus. Choisissez dans la liste qui s’affiche.
problem-price-number = **{ $option }** doit être un montant, comme 4,99. Pour offrir un produit, écrivez 0.
problem-price-two-meanings = **{ $option }** peut se lire de deux façons. Écrivez { $thousands } pour des milliers, ou { $cents } avec deux décimales.
problem-which-variant = Ce produit a plusieurs variantes : { $variants }. Dites laquelle, par exemple : `{ $command }`
problem-price-least = **{ $option }** doit être 0 (gratuit) ou au moins { $least } : Stripe n’encaisse pas moins.
problem-price-range = **{ $option }** doit aller de 0 à 999 999,99, sans plus de décimales que n’en a la devise.
problem-price-currency = **{ $option }** doit être dans la devise de la boutique. Elle se change avec `/boutique_réglages`.
shop-several = Plusieurs produits portent ce nom. Lequel voulez-vous voir ?
shop-nearest = Rien de tel dans la boutique. Cherchiez-vous l’un de ceux-ci ?
shop-which-category = Rien de tel dans la boutique. Voici ses rayons :
shop-nothing-near = Rien de tel dans la boutique.
error-shop-not-found-staff = Rien de tel dans la boutique. Tout ce qu’elle a est dans `/produit_liste` et `/formules`.
error-shop-not-found = Rien de tel dans la boutique. Voyez `/boutique` et `/formules`.
error-shop-free-plan-price = La formule `free` est celle de tout le monde : elle reste à 0.
error-shop-plan-price-zero = Une formule à 0 serait donnée à qui la demande : seule `free` est gratuite. Donnez-lui un prix, ou offrez-lui des jours d’essai.
error-shop-plan-days-price-zero = Des jours de formule à 0 donneraient la formule à qui la demande. Donnez-leur un prix, ou un essai à la formule.
error-shop-plan-without-price = Donnez un prix au mois ou à l’année.
error-shop-last-price = C’est le seul prix de cette formule. Donnez-lui d’abord un prix au mois, ou retirez-la de la vente.
error-shop-set-and-emptied = Vous donnez une valeur à ce que vous videz aussi. Faites l’un ou l’autre.
error-shop-plan-removed = Cette formule n’est plus en vente, ou ne peut pas se vendre au jour. Remettez-la en vente avec `/formule_modifier` et `en_vente`.
error-shop-free-plan-stays = La formule `free` est celle de tout le monde : elle ne se retire pas. Elle peut se cacher avec `/formule_modifier`.
error-shop-product-removed = Ce produit n’est déjà plus en vente.
error-shop-draft = Il manque encore quelque chose à ce produit avant la vente. Voyez `/produit_liste`.
error-shop-full = Il y en a déjà autant que possible. Retirez ou renommez plutôt un ancien.
error-shop-name-taken = Trop d’articles portent ce nom. Choisissez-en un autre.
error-shop-variant-taken = Ce produit a déjà une variante de ce nom.
error-shop-which-variant = Ce produit a plusieurs variantes : dites laquelle.
error-shop-variant-same-content = Toutes les variantes d’un texte ou d’un fichier remettent le même contenu : à un autre prix, ce serait payer plus pour la même chose. Créez plutôt un second produit avec `/produit_ajouter`.
error-shop-last-variant = C’est sa seule variante : retirez plutôt le produit.
error-shop-stock-of-keys = Le stock de ce produit, ce sont ses clés. Ajoutez-en avec `/produit_clés`.
error-shop-stock-or-unlimited = Choisissez : un nombre, ou sans limite, pas les deux.
error-shop-not-keys = Ce produit ne remet pas de clés. Son stock se règle avec `/produit_stock`.
error-shop-no-keys = Il n’y a aucune clé là-dedans : une par ligne.
error-shop-strange-key = Une clé contient un caractère qui n’est pas du texte (souvent pris en copiant d’un fichier d’un autre genre) : rien n’a été ajouté. Copiez-la de nouveau, ou tapez-la.
error-shop-too-many-keys = Mille clés au plus à la fois. Envoyez-les en plusieurs fois ; rien n’a été ajouté.
error-shop-no-key-left = Ce produit n’a aucune clé invendue.
error-shop-keys-one-line = Une clé par ligne, sans virgule. Une option n’a qu’une ligne : laissez-la vide pour ouvrir un formulaire, ou joignez un fichier texte.
error-shop-keys-one-way = Choisissez : coller des clés, envoyer un fichier, ou en reprendre.
error-shop-keys-not-text = Ce fichier n’est pas un texte. Envoyez un fichier .txt, une clé par ligne.
error-shop-content-one-way = Choisissez : un texte ou un fichier, pas les deux.
error-shop-content-is-text = Ce produit remet un texte : écrivez-le dans `contenu`.
error-shop-content-is-file = Ce produit remet un fichier, et un formulaire n’en prend pas. Choisissez-le avec `/produit_contenu` et son option `fichier_joint`, ou tapez `!produit_contenu` et le code du produit avec le fichier joint au message.
error-shop-no-content = Ce produit ne remet ni texte ni fichier.
error-shop-file-too-large = Ce fichier est trop lourd : 10 Mio au plus, et 2 Mio pour des clés.
error-shop-file-gone = Ce fichier n’est plus disponible. Envoyez-le de nouveau.
error-shop-everyone-role = Ce rôle est celui de tout le monde. Choisissez-en un autre.
error-shop-staff-role = Ce rôle fait partie de l’équipe ici (`/setup`) : qui l’obtiendrait lirait tous les tickets. Créez un rôle à part pour la boutique et choisissez-le.
error-shop-managed-role = Ce rôle est celui d’un bot, d’une intégration ou de Discord : personne ne peut le donner. Créez un rôle à part pour la boutique et choisissez-le.
error-shop-powerful-role = Ce rôle donne des pouvoirs sur le serveur (l’administrer, gérer ses rôles, ses salons ou ses messages, exclure, bannir, mentionner tout le monde…) : ils ne se vendent ni ne se donnent ici. Retirez-les-lui dans Discord (Paramètres du serveur › Rôles), ou choisissez un autre rôle.
error-shop-reader-role = Ce rôle ouvre le salon de l’équipe : qui l’obtiendrait lirait tous les tickets. Créez un rôle à part pour la boutique, ou fermez-lui ce salon dans Discord.
error-shop-same-currency = C’est déjà la devise de la boutique.
