## Le panneau d’administration : ce qui n’a pas pu être fait, et quoi faire ensuite
panel-signed-out = Vous n’êtes pas connecté, ou plus. Connectez-vous, et vous reviendrez ici.
panel-foreign = Cette demande ne vient pas d’une page à jour du panneau. Rechargez la page et recommencez.
panel-no-staff = Vous n’êtes plus dans l’équipe de ce serveur. Si c’est une erreur, demandez à un opérateur de vous rendre votre rôle.
panel-not-found = Il n’y a rien à cette adresse, ou vous n’y avez pas accès. Revenez à l’accueil du panneau.
panel-no-ticket = Il n’y a pas de ticket sous ce numéro sur ce serveur. Revenez à la liste.
panel-too-large = C’est trop long pour être envoyé. Raccourcissez votre texte.
panel-broken = Votre envoi n’est pas arrivé en entier. Vérifiez votre connexion et recommencez.
panel-link-over = Ce lien a déjà servi, ou il est trop ancien. Faites-en un autre avec `shellia admin-link`.
panel-someone-answered = Quelqu’un d’autre de l’équipe a répondu entre-temps. Lisez sa réponse, puis envoyez la vôtre si elle est encore utile.
panel-too-many-canned = Il y a déjà 200 réponses types. Supprimez-en une pour en ajouter.
panel-too-many-views = Vous avez déjà 50 vues enregistrées. Supprimez-en une pour en ajouter.
panel-transcript = Ticket #{ $number }
panel-transcript-cut = Les messages les plus anciens ne sont pas dans ce fichier : il y en a trop.
panel-transcript-note = note interne
