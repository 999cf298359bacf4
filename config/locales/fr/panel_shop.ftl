## La boutique au panneau : ce qui attend l’équipe, ce qui se passerait
panel-trouble-amount-differs = Payée, mais le montant reçu n’est pas celui convenu.
panel-trouble-out-of-stock = Payée trop tard : le dernier exemplaire était parti.
panel-trouble-double = Payée en double.
panel-trouble-gone = Payée, mais l’article n’existe plus.
panel-trouble-trial-used = Essai impossible : la carte a déjà servi à un essai. Rien n’a été débité.
panel-trouble-in-vain = Payée, mais le membre avait déjà ce qu’elle donne.
panel-trouble-role-gone = Payée, mais le rôle qu’elle donne a été supprimé du serveur.
panel-trouble-left = Payée, mais le bénéficiaire avait quitté le serveur.
panel-trouble-member-limit = Payée, mais le membre en avait déjà acheté autant qu’il le peut.
panel-money-back = L’argent lui est rendu sans autre geste de votre part.
panel-money-held = Sa banque examine le paiement : rien ne peut être rendu pour l’instant.
panel-money-taken = Sa banque lui a déjà rendu l’argent.
panel-money-staff = Regardez le paiement chez Stripe, puis remboursez la commande ou donnez à la main ce qui a été acheté.
panel-trouble-disputed = La banque examine le paiement : l’accès est suspendu jusqu’à sa décision. Répondez-lui chez Stripe ; le dossier de preuves vous y aide.
panel-trouble-disputed-nothing = La banque examine le paiement. Répondez-lui chez Stripe ; le dossier de preuves vous y aide.
panel-trouble-no-role = Le rôle que donne cette commande a été supprimé du serveur. Donnez un autre rôle à l’article, ou remboursez.
panel-trouble-stuck-role = Le rôle n’a pas pu être donné. La page du membre dit pourquoi et comment y remédier.
panel-trouble-owed = Un remboursement a échoué. Essayez encore, ou rendez l’argent autrement.
panel-subscription-renews = Se renouvelle à cette date.
panel-subscription-ends = S’arrête à cette date.
panel-subscription-owes = Le paiement n’est pas passé : Stripe réessaie, puis l’abonnement s’arrête.
panel-subscription-over = Terminé.
panel-plan-remove = La formule « { $name } » ne sera plus en vente. { $count ->
    [0] Personne ne l’a en ce moment.
    [one] { $count } membre l’a en ce moment : il la garde ; un abonnement en cours continue.
   *[other] { $count } membres l’ont en ce moment : ils la gardent ; les abonnements en cours continuent.
} Vous pourrez la remettre en vente.
panel-plan-restore = La formule « { $name } » sera de nouveau en vente, avec ses prix d’avant. { $count ->
    [0] Personne ne l’a en ce moment.
    [one] { $count } membre l’a en ce moment.
   *[other] { $count } membres l’ont en ce moment.
}
panel-product-remove = Le produit « { $name } » ne sera plus en vente. Qui l’a acheté le garde. Vous pourrez le remettre en vente.
panel-product-restore = Le produit « { $name } » sera de nouveau en vente, avec ses prix d’avant.
panel-on-sale-already = C’est déjà en vente : il n’y a rien à faire.
panel-preview-gone = Cet aperçu n’est plus valable. Regardez de nouveau ce qui se passerait, puis confirmez.
panel-keys-one-line = Plusieurs clés semblent tenir sur une seule ligne. Mettez une clé par ligne, sans virgule ni point-virgule.
panel-alert-order = Commande { $number }, { $what } : { $text }
panel-alert-keys = « { $name } » n’a plus de clé libre : il ne se vend plus. Collez-en d’autres.
