# Ce qu’une page du panneau dit à la place d’une réponse qui nomme une commande : l’identifiant de cette réponse, après `page-`.
page-giveaway-paused = ⏸️ Concours #{ $number } : **{ $title }** est en pause. « Reprendre » le fait continuer : la fin recule d’autant.
page-giveaway-cancelled-repeats = 🔁 Il revient quand même le { $next } : l’annuler n’arrête que celui-ci. Pour tout arrêter, un opérateur tape `/concours_ne_plus_répéter` dans Discord.
page-refund-had-failed = ⚠️ Commande #{ $number } : ce remboursement de { $amount } n’a pas abouti, l’argent est encore ici. Recommencez, ou voyez avec l’acheteur comment le lui rendre.
page-setup-all-well = ✅ Tout est prêt. Si ce n’est pas encore fait, postez le bouton d’ouverture des tickets dans un salon : `/ticket_panneau`, dans Discord.
page-setup-sold-role = La boutique vend ou donne ce rôle : qui l’obtiendrait lirait tous les tickets. Rien n’a été enregistré : choisissez un rôle réservé à votre équipe, ou donnez d’abord, à la page Boutique, un autre rôle à ce qui l’accorde, même hors vente.
page-setup-advice-staff-channel = ⚠️ Choisissez un salon réservé au staff : sans lui, personne n’est prévenu des nouveaux tickets.
page-setup-advice-support-role = ⚠️ Choisissez le rôle de votre équipe.
page-setup-advice-unchecked = ⚠️ Discord n’a pas répondu : les permissions n’ont pas pu être vérifiées. Vérifiez de nouveau dans un moment.
page-shop-state-no-keys = ⚠️ Épuisé : ajoutez des clés
page-shop-state-no-stock = ⚠️ Épuisé : dites combien il en reste
page-shop-state-role-gone = ⛔ Pas vendu : son rôle a été supprimé. Donnez-lui-en un autre
page-shop-state-plan-role-gone = ⛔ Pas vendu : le rôle de sa formule a été supprimé. Donnez-en un autre à la formule
page-shop-plan-role-gone = Pas vendu : le rôle de sa formule a été supprimé. Donnez-en un autre à la formule, ou retirez ces jours de la vente.
page-shop-role-gone = Pas vendu : son rôle a été supprimé. Donnez-lui-en un autre, ou retirez-le de la vente.
page-plans-role-gone = Pas vendue : son rôle a été supprimé. Donnez-lui-en un autre.
page-product-namesake = ⚠️ Ce nom est déjà pris : { $others }. Qui le tape doit choisir entre eux ; pour un nom à lui, modifiez-le.
page-plan-namesake = ⚠️ Une autre formule porte déjà ce nom : { $others }. Qui le tape doit choisir entre elles ; pour un nom à elle, modifiez-la.
page-plan-namesake-product = ⚠️ Un produit porte déjà ce nom : { $others }. Qui le tape doit choisir entre les deux ; pour donner à la formule un nom à elle, modifiez-la.
page-product-namesake-plan = ⚠️ Une formule porte déjà ce nom : { $others }. Qui le tape doit choisir entre les deux ; pour donner au produit un nom à lui, modifiez-le.
page-shop-lacks-role = 📝 Il manque le rôle à donner. Choisissez-le : le produit sera mis en vente.
page-shop-lacks-file = 📝 Il manque le fichier. Il se donne dans Discord, avec `/produit_contenu` et son option `fichier_joint` : le produit sera mis en vente.
page-error-promo-has-one = La promotion #{ $number } ({ $target }) va jusqu’au { $over }, et une semaine de repos suit : c’est possible à partir du { $rested }. { $way ->
    [code] Voyez-la dans la liste, ou visez autre chose.
   *[all] Voyez-la dans la liste, mettez un code à celle-ci, ou visez autre chose.
    }
page-problem-price-currency = **{ $option }** doit être dans la devise de la boutique. Elle se change dans les réglages.
page-error-shop-free-plan-price = Cette formule est celle de tout le monde : elle reste à 0.
page-problem-amount = **{ $option }** doit être un montant de plus de zéro et d’au plus { $max }, comme { $example }, ou une part de ce qui a été payé, comme 50 %.
page-error-giveaway-channel = Ce salon n’est pas un salon textuel de ce serveur. Choisissez-en un autre dans la liste.
page-error-giveaway-there = Ce concours est déjà dans ce salon. Choisissez-en un autre dans la liste.
page-error-giveaway-which-winner = Plusieurs gagnants attendent leur lot. Choisissez lequel.
