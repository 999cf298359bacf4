//! What of a plan and of a product is emptied, and what can't be.

use super::operators::audit;
use super::world::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_is_emptied_of_its_benefits_its_role_and_its_yearly_price() {
    let world = World::new().await;
    let ask = async |given: &[(&str, &str)]| {
        let given: Vec<_> = [("plan", "pro")].iter().chain(given).map(|(name, value)| (*name, t(value))).collect();
        words(&world.asks(&boss(), "plan_edit", &given).await)
    };
    ask(&[("role", "<@&77>"), ("benefits", "Un salon")]).await;
    let said = ask(&[("emptied", "role,benefits")]).await;
    assert!(said.contains("ne donne plus de rôle") && !said.contains("Un salon"), "{said}");
    let said = ask(&[("emptied", "year_price")]).await;
    assert!(said.contains("ne se vend plus à l’année. Aucun abonné actuel ne paie à l’année."), "{said}");
    assert_eq!(world.database.count("select count(*) as n from prices where item = 'plan/pro/year'").await, 0);
    let open = "select count(*) as n from price_history where item = 'plan/pro/year' and until is null";
    assert_eq!(world.database.count(open).await, 0, "nothing is asked for a year any more");
    let said = ask(&[("emptied", "year_price")]).await;
    assert!(said.contains("Rien n’a changé"), "{said}");
    let said = ask(&[("emptied", "role"), ("role", "<@&77>")]).await;
    assert!(said.contains("Faites l’un ou l’autre"), "{said}");
    let said = ask(&[("emptied", "name")]).await;
    assert!(said.contains("doit être l’un de : Avantages, Rôle, Prix de l’année"), "{said}");
    // It may be sold by the year again.
    ask(&[("year_price", "90")]).await;
    assert_eq!(world.database.count(open).await, 1);
    let audit = audit(&world).await;
    for line in ["plan_edited pro benefits=Un salon → benefits=", "plan_edited pro role=77 → role=", " → year="] {
        assert!(audit.contains(line), "{line}\n{audit}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_price_of_a_plan_stays_and_subscribers_by_the_year_keep_theirs() {
    let world = World::new().await;
    let given = [("name", t("Annuelle")), ("month_price", t("5")), ("year_price", t("50"))];
    world.asks(&boss(), "plan_add", &given).await;
    let mut owner = world.database.owner().await;
    crate::support::db::run(&mut owner, "delete from prices where item = 'plan/annuelle/month'").await;
    let empty = [("plan", t("annuelle")), ("emptied", t("year_price"))];
    let said = words(&world.asks(&boss(), "plan_edit", &empty).await);
    assert!(said.contains("C’est le seul prix de cette formule"), "{said}");
    assert_eq!(world.database.count("select count(*) as n from prices where item = 'plan/annuelle/year'").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_is_emptied_of_what_it_can_do_without() {
    let world = World::new().await;
    let given = [("name", t("Guide")), ("kind", t("text")), ("price", t("3")), ("about", t("Tout y est."))];
    world.asks(&boss(), "product_add", &given).await;
    let edit = async |given: &[(&str, &str)]| {
        let given: Vec<_> = [("product", "guide")].iter().chain(given).map(|(name, value)| (*name, t(value))).collect();
        words(&world.asks(&boss(), "product_edit", &given).await)
    };
    edit(&[("product_category", "Livres"), ("member_limit", "2"), ("visible_role", "<@&77>")]).await;
    let set = "select count(*) as n from products where description <> '' and category <> '' and member_limit = 2 \
               and visible_role_id = 77";
    assert_eq!(world.database.count(set).await, 1);
    let said = edit(&[("emptied", "about,product_category,member_limit,visible_role")]).await;
    assert!(said.contains("C’est changé"), "{said}");
    let bare = "select count(*) as n from products where description = '' and category = '' and member_limit is null \
                and visible_role_id is null";
    assert_eq!(world.database.count(bare).await, 1);
    let said = edit(&[("emptied", "about"), ("about", "Autre chose")]).await;
    assert!(said.contains("Faites l’un ou l’autre"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_emptied_is_typed_in_words_several_between_commas() {
    let world = World::new().await;
    world.asks(&boss(), "plan_edit", &[("plan", t("pro")), ("benefits", t("Un salon"))]).await;
    let said = world.hears(&boss(), "!formule_modifier pro vider=avantages,prix_an").await;
    assert!(said.contains("ne se vend plus à l’année") && !said.contains("Un salon"), "{said}");
    // A bare word empties nothing.
    world.asks(&boss(), "plan_edit", &[("plan", t("pro")), ("benefits", t("Un salon"))]).await;
    world.hears(&boss(), "!formule_modifier pro avantages").await;
    assert_eq!(world.database.count("select count(*) as n from plans where benefits = 'Un salon'").await, 1);
}
