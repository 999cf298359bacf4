//! Words that many parts of the grammar ask for: greetings, fillers, nouns of the trade, and what is too common to be a name.

/// What may stand before the first word that matters.
pub(super) const GREETINGS: &[&str] = &[
    "hey", "hi", "hello", "yo", "salut", "bonjour", "bonsoir", "coucou", "hep", "dis", "dear", "cher", "chere",
    "morning", "good", "evening", "hola", "ohe", "ok", "okay", "bon", "alors", "please", "stp", "svp", "eh", "re",
    "wesh", "allo",
];

/// Words between an order and what comes before it that change nothing.
pub(super) const FILLERS: &[&str] = &[
    "stp",
    "svp",
    "please",
    "pls",
    "plz",
    "moi",
    "nous",
    "me",
    "us",
    "y",
    "en",
    "vite",
    "maintenant",
    "now",
    "just",
    "juste",
    "donc",
    "alors",
    "bon",
    "ok",
    "okay",
    "allez",
    "hop",
    "aussi",
    "also",
    "quickly",
    "kindly",
    "simplement",
    "directement",
    "immediatement",
    "plutot",
    "rather",
    "instead",
    "then",
    "puis",
    "ensuite",
    "bien",
    "vraiment",
    "go",
    "urgent",
    "urgence",
    "simply",
    "hey",
    "salut",
    "bonjour",
    "hello",
    "hi",
    "yo",
    "bonsoir",
    "coucou",
    "yes",
    "oui",
    "ouais",
    "yep",
    "genial",
    "super",
    "parfait",
    "great",
    "cool",
    "gentiment",
    "so",
    "well",
    "dis",
    "merci",
    "thanks",
    "non",
    "nan",
    "nope",
    "demain",
    "tomorrow",
    "finalement",
    "finally",
    "actually",
    "surtout",
    "again",
    "wesh",
    "mec",
    "chef",
    "boss",
    "guys",
    "team",
    "tout",
    "everything",
    "ahead",
    "d",
    "accord",
    "perfect",
    "nice",
];

/// The same, of several words.
pub(super) const LONG_FILLERS: &[&str] = &[
    "s il te|vous plait",
    "si tu|vous peux|pouvez|veux",
    "if you can|please|could",
    "quand meme",
    "de nouveau",
    "d accord",
    "tout de suite",
    "right away|now",
    "if possible",
    "si possible",
    "des que possible",
    "as soon as possible",
    "asap",
    "vas y",
    "go ahead",
    "good morning",
    "bonjour a tous",
    "quick question",
    "au fait",
    "by the way",
    "pas de souci|soucis|probleme|problemes",
    "no problem|worries",
    "au secours",
    "a l aide",
    "sos|mayday|alerte|alert|omg|merde|putain|damn|shit|fuck|zut",
    "oh my god|no",
    "oh la la",
    "for god|gods|heaven|heavens s? sake",
];

/// Behind our name, what says that it is spoken of and not called.
pub(super) const SPEAKS_OF: &[&str] = &[
    "est|is|va|tourne|marche|fonctionne|was|etait|a|has|repond|ok|up|down|online|running|en|does|working|alive|repondait|status|statut|dit|says|said|sera|healthy",
];

/// A promotion.
pub(super) const PROMO: &str = "promo|promos|promotion|promotions|reduction|reductions|reduc|reducs|remise|remises|rabais|solde|soldes|discount|discounts|ristourne|ristournes|deal|deals|sale|offre|offer|offres|offers|coupon|coupons|off";

/// The nouns of a promotion that name nothing else.
pub(super) const PROMO_NOUN: &str = "promo|promos|promotion|promotions|reduction|reductions|reduc|reducs|remise|remises|rabais|soldes|discount|discounts|ristourne|ristournes|coupon|coupons";

/// A giveaway.
pub(super) const GIVEAWAY: &str = "giveaway|giveaways|concours|tirage|tirages|raffle|raffles|tombola|tombolas|loterie|lottery|sweepstake|sweepstakes|give_away";

/// What can't be the name of a person though a sentence begins with it, and is never put right.
const COMMON: &str = "\
a about ai aimerais aimerions all alors and annule any approuve approve approves approuver arrete arretez as attends au aucun aucune aujourdhui \
aux avant avec avez avons back balance ban because been before bien bilan bon both but by can canceled cancel ce cela celle celui ces cet cette ceux \
change check combien comme comment compare could coupe cree create crois d dans de debut deja demain demarre depuis des did dis dites do does don't \
donc donne donnez dont du elle en end encore ensuite est et etait ete etes etre every fais faire fait faites faudrait faut fin finalement finis for \
from genial get give go good great had has have help how i if il ils imagine in is it its j jamais je juste kill la laisse lance lancer lances \
lancez launch le les let list liste ma mais make many mes mets mettez mieux moi mon montre montrez more much my n ne never no non not nous now o of \
offre ok on oublie ou oui our out parfait pas pendant peut peux please plus plutot pour pourquoi pouvez pourrais pourriez prepare propose put qu \
quand que quel quelle quelles quels qui quoi raise rejette rembourse reprends resume retire retry run s sa salut sans se ses set should show si \
since some stop stoppe supposons sur surtout take tell tes that the their them then there this to today tomorrow ton tonight tous tout toute \
toutes trop tu un une update use vas veuillez veux vite voici voila voudrais vous wait want was we were what when where which who whose why will \
with would yes you your reduis baisse augmente monte passe active desactive ouvre ferme organise programme applique urgent attention sinon bref \
sorry pardon desole desolee actually well so ah oh hmm euh mmh super top cool nice perfect thanks merci ca bah ben hein hier yesterday half moitie \
raffle start open reroll relance tirage tire redraw report rapport statut status audit aide config configure promo promotion giveaway concours \
nouveau nouvelle new deux trois cinq dix vingt trente two three five ten twenty code crée termine terminer fermer remove delete disable enable \
turn switch halt pause suspends suspend shut vire verse transfere pay payout refund grant kick mute bannis exclus warn ignore oublies forget \
remember make sure bonne marche chiffre ventes revenue sales mrr conversion churn tickets membres members abonnes subscribers stats pending attente \
reject decline refuse accepte confirme confirm accept valide quick petit petite question note idee idea maybe perhaps peut-etre selon according \
monday tuesday wednesday thursday friday saturday sunday lundi mardi mercredi jeudi vendredi samedi dimanche client customer someone quelqu \
someone's everyone everybody nobody personne team equipe finally enfin pourtant cependant dommage bravo felicitations congrats weekend noel \
christmas summer winter ete hiver printemps automne black clos cloture clôture vend vends sell sells best top plan plans prix price prices";

/// Whether a word is too common to be a name.
pub(super) fn is_common(word: &str) -> bool {
    COMMON.split_ascii_whitespace().any(|common| common == word)
}
