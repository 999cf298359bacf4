//! What operators do to products and their variants.

use super::store::{self, Changes, Trace};
use super::{
    About, Category, Code, Item, Name, PRODUCTS_MAX, PriceText, Product, Step, UNSEEN, VARIANTS_MAX, Variant,
    operator_only, pages, price,
};
use crate::db::Tx;
use crate::domain::promotions::Target;
use crate::domain::shop::{CatalogueDeed, ProductKind};
use crate::kernel::error::Problem;
use crate::kernel::{Error, Result, RoleId};

/// The variant that a product begins with.
pub const STANDARD: &str = "standard";

/// A product to add, with its first variant.
#[derive(Debug, Clone)]
pub struct NewProduct {
    /// Its name; its code is made from it.
    pub name: Name,
    /// What it hands over.
    pub kind: ProductKind,
    /// What one costs.
    pub price: PriceText,
    /// What it is.
    pub about: Option<About>,
    /// Its category.
    pub category: Option<Category>,
    /// The role it gives.
    pub role: Option<RoleId>,
    /// The plan whose days it gives.
    pub plan: Option<Code>,
    /// Days that its role or plan is held.
    pub days: Option<i32>,
}

/// What of a product may be emptied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProductPart {
    /// What it is.
    About,
    /// Its category.
    Category,
    /// How many one member may buy: as many as he likes.
    MemberLimit,
    /// The role that sees it: everybody does.
    VisibleRole,
}

impl ProductPart {
    /// Its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::About => "about",
            Self::Category => "product_category",
            Self::MemberLimit => "member_limit",
            Self::VisibleRole => "visible_role",
        }
    }

    /// All.
    pub const ALL: &'static [Self] = &[Self::About, Self::Category, Self::MemberLimit, Self::VisibleRole];
}

/// What changes of a product; `None` leaves it.
#[derive(Debug, Clone, Default)]
pub struct ProductChange {
    /// Its name.
    pub name: Option<Name>,
    /// What it is.
    pub about: Option<About>,
    /// Its category.
    pub category: Option<Category>,
    /// The price of a variant: of the one named, or of the only one.
    pub price: Option<PriceText>,
    /// The variant whose price changes.
    pub variant: Option<Code>,
    /// The role it gives.
    pub role: Option<RoleId>,
    /// The plan whose days it gives.
    pub plan: Option<Code>,
    /// Days that its role or plan is held.
    pub days: Option<i32>,
    /// The role that sees it.
    pub visible_role: Option<RoleId>,
    /// How many one member may buy.
    pub member_limit: Option<i32>,
    /// Sold again, or for the first time.
    pub on_sale: bool,
    /// What is emptied.
    pub emptied: Vec<ProductPart>,
}

impl ProductChange {
    /// What is left of a part: nothing where it is emptied, else the new value, if there is one.
    fn left<T>(&self, part: ProductPart, new: Option<T>) -> Result<Option<Option<T>>> {
        match (self.emptied.contains(&part), new) {
            (true, Some(_)) => Err(Error::Conflict("error-shop-set-and-emptied")),
            (true, None) => Ok(Some(None)),
            (false, new) => Ok(new.map(Some)),
        }
    }
}

/// Adds a product; where something is still missing it is a draft, which [`Product::lacks`] tells.
///
/// # Errors
/// [`Error::NotAllowed`] for anybody but operators; [`Error::Argument`] and [`Error::Conflict`] for a price that can't be;
/// [`Error::Conflict`] where there are [`PRODUCTS_MAX`] already.
pub async fn add(tx: &mut Tx, step: Step, new: NewProduct) -> Result<Product> {
    operator_only(tx, "product_add")?;
    let wanted = Code::from_name(new.name.as_str(), "produit");
    let place = store::place_of_product(tx, step, &wanted).await?.ok_or(UNSEEN)?;
    if place.count >= PRODUCTS_MAX {
        return Err(Error::Conflict("error-shop-full"));
    }
    let code = pages::code(&place.code.ok_or(Error::Conflict("error-shop-name-taken"))?)?;
    let asked = new.price.read(pages::currency(&place.currency)?)?;
    price::check_product(new.kind, asked)?;
    let name = new.name.as_str().to_owned();
    let left = (new.kind == ProductKind::Key).then_some(0);
    let standard =
        Variant { code: pages::code(STANDARD)?, name: name.clone(), price: Some(asked), left, archived: false };
    let mut product = Product {
        code,
        name,
        description: new.about.as_ref().map(|text| text.as_str().to_owned()).unwrap_or_default(),
        category: new.category.as_ref().map(|text| text.as_str().to_owned()).unwrap_or_default(),
        kind: new.kind,
        role: new.role,
        days: new.days,
        plan: new.plan,
        plan_name: None,
        visible_role: None,
        member_limit: None,
        archived: false,
        has_content: false,
        role_stuck: None,
        variants: vec![standard],
    };
    product.archived = product.lacks().is_some();
    product.plan_name = known_plan(tx, step, product.plan.as_ref()).await?;
    if !store::add_product(tx, step, &product).await? {
        return Err(Error::Conflict("error-shop-name-taken"));
    }
    let subject = product.code.to_string();
    let new = Some(format!("{} · {} {}", product.name, asked.minor(), asked.currency().code()));
    store::audit(tx, step, Trace { deed: CatalogueDeed::ProductAdded, subject, old: None, new });
    for variant in &product.variants {
        store::put_variant(tx, step, &product.code, (&variant.code, &variant.name, None));
        store::set_price(tx, step, &product.item(variant), asked);
    }
    settle(tx, step, &product).await?;
    Ok(product)
}

/// Changes a product; returns it as it is now, and whether anything changed. A draft that lacks nothing any more goes on sale.
///
/// # Errors
/// [`Error::NotAllowed`] for anybody but operators; [`Error::NotFound`] for an unknown product or variant;
/// [`Error::Conflict`] where it should go on sale and lacks something, where the variant of a price isn't named, or for what is
/// set and emptied at once; as [`add`] for the price.
pub async fn edit(tx: &mut Tx, step: Step, code: &Code, change: ProductChange) -> Result<(Product, bool)> {
    operator_only(tx, "product_edit")?;
    let (mut product, currency) = store::lock_product(tx, step, code).await?.ok_or(UNSEEN)?;
    let plan_name = known_plan(tx, step, change.plan.as_ref()).await?;
    product.plan_name = plan_name.or(product.plan_name);
    let lacked = product.lacks();
    let about = change.left(ProductPart::About, change.about.as_ref())?;
    let category = change.left(ProductPart::Category, change.category.as_ref())?;
    let member_limit = change.left(ProductPart::MemberLimit, change.member_limit)?;
    let visible_role = change.left(ProductPart::VisibleRole, change.visible_role)?;
    let (about, category) =
        (about.map(|text| text.map(About::as_str)), category.map(|text| text.map(Category::as_str)));
    let whole = |text: Option<Option<&str>>| text.map(|text| text.unwrap_or_default().to_owned());
    let mut changes = Changes::none();
    if let Some(text) = &change.price {
        let asked = text.read(currency)?;
        price::check_product(product.kind, asked)?;
        let variant = named(&mut product, change.variant.as_ref())?;
        changes.put("price", &mut variant.price, Some(Some(asked)), price::show);
        let item = Item::Product { product: code.clone(), variant: variant.code.clone() };
        store::set_price(tx, step, &item, asked);
    }
    let text = |text: &String| Some(text.clone());
    let role = |role: &Option<RoleId>| role.map(|role| role.to_string());
    let number = |number: &Option<i32>| number.map(|number| number.to_string());
    changes.put("name", &mut product.name, change.name.map(|name| name.as_str().to_owned()), text);
    changes.put("description", &mut product.description, whole(about), text);
    changes.put("category", &mut product.category, whole(category), text);
    let had = (product.role, product.plan.clone());
    changes.put("role", &mut product.role, change.role.map(Some), role);
    changes.put("plan", &mut product.plan, change.plan.map(Some), |plan| plan.as_ref().map(Code::to_string));
    product.role_stuck = product.role_stuck.filter(|_| (product.role, product.plan.clone()) == had);
    changes.put("days", &mut product.days, change.days.map(Some), number);
    changes.put("visible_role", &mut product.visible_role, visible_role, role);
    changes.put("member_limit", &mut product.member_limit, member_limit, number);
    let completed = lacked.is_some() && product.lacks().is_none();
    if change.on_sale && product.lacks().is_some() {
        return Err(Error::Conflict("error-shop-draft"));
    }
    let sold = (change.on_sale || completed).then_some(false);
    changes.put("archived", &mut product.archived, sold, |is| Some(is.to_string()));
    let changed = !changes.is_empty();
    if changed {
        changes.audit(tx, step, CatalogueDeed::ProductEdited, product.code.as_str());
        store::save_product(tx, step, &product);
        settle(tx, step, &product).await?;
    }
    Ok((product, changed))
}

/// The variant of that code, or the only one.
pub(super) fn named<'a>(product: &'a mut Product, code: Option<&Code>) -> Result<&'a mut Variant> {
    let mut sold = product.variants.iter_mut().filter(|variant| !variant.archived);
    match code {
        Some(code) => sold.find(|variant| variant.code == *code).ok_or(UNSEEN),
        None => {
            let first = sold.next().ok_or(UNSEEN)?;
            if sold.next().is_some() { Err(Error::Conflict("error-shop-which-variant")) } else { Ok(first) }
        }
    }
}

/// A plan whose days are sold must exist, or the database refuses the product at the commit; gives its name.
async fn known_plan(tx: &mut Tx, step: Step, plan: Option<&Code>) -> Result<Option<String>> {
    let Some(plan) = plan else { return Ok(None) };
    let sold = store::lock_plan(tx, step, plan).await?.filter(|(plan, _)| !plan.archived && !plan.is_free());
    let (plan, _) = sold.ok_or(Error::Conflict("error-shop-plan-removed"))?;
    Ok(Some(plan.name))
}

/// Takes a product, or one of its variants, off sale; who bought it keeps it.
///
/// # Errors
/// [`Error::NotAllowed`] for anybody but operators; [`Error::NotFound`] for an unknown product or variant;
/// [`Error::Conflict`] for what was removed already, and for the last variant.
pub async fn remove(tx: &mut Tx, step: Step, code: &Code, variant: Option<&Code>) -> Result<Product> {
    operator_only(tx, "product_remove")?;
    let (mut product, _) = store::lock_product(tx, step, code).await?.ok_or(UNSEEN)?;
    let mut subject = product.code.to_string();
    if let Some(variant) = variant {
        let sold = product.variants.iter().filter(|variant| !variant.archived).count();
        let removed = named(&mut product, Some(variant))?;
        if sold < 2 {
            return Err(Error::Conflict("error-shop-last-variant"));
        }
        removed.archived = true;
        subject = format!("{subject}/{variant}");
        store::archive_variant(tx, step, code, variant);
    } else if product.archived {
        return Err(Error::Conflict("error-shop-product-removed"));
    } else {
        product.archived = true;
        store::save_product(tx, step, &product);
    }
    let old = Some(product.name.clone());
    store::audit(tx, step, Trace { deed: CatalogueDeed::ProductRemoved, subject, old, new: None });
    settle(tx, step, &product).await?;
    Ok(product)
}

/// Adds a variant; one that was removed comes back with this name and price.
///
/// # Errors
/// [`Error::NotAllowed`] for anybody but operators; [`Error::NotFound`] for an unknown product; [`Error::Conflict`] where there
/// is such a variant, or [`VARIANTS_MAX`] already, and for another price of the same text or file; as [`add`] for the price.
pub async fn add_variant(
    tx: &mut Tx,
    step: Step,
    code: &Code,
    name: &Name,
    asked: &PriceText,
    stock: Option<i64>,
) -> Result<Product> {
    operator_only(tx, "variant_add")?;
    let (mut product, currency) = store::lock_product(tx, step, code).await?.ok_or(UNSEEN)?;
    let asked = asked.read(currency)?;
    price::check_product(product.kind, asked)?;
    let made = Code::from_name(name.as_str(), "variante");
    if i64::try_from(product.variants.len()).unwrap_or(i64::MAX) >= VARIANTS_MAX {
        return Err(Error::Conflict("error-shop-full"));
    }
    if product.variants.iter().any(|variant| variant.code == made && !variant.archived) {
        return Err(Error::Conflict("error-shop-variant-taken"));
    }
    // All variants of a text or file hand over the same: who paid more would have nothing for it.
    let same = matches!(product.kind, ProductKind::Text | ProductKind::File);
    let other = |variant: &Variant| !variant.archived && variant.price.is_some_and(|price| price != asked);
    if same && product.variants.iter().any(other) {
        return Err(Error::Conflict("error-shop-variant-same-content"));
    }
    if product.kind == ProductKind::Key && stock.is_some() {
        return Err(Error::Argument { option: "stock", problem: Problem::Unknown });
    }
    product.variants.retain(|variant| variant.code != made);
    let left = if product.kind == ProductKind::Key { Some(0) } else { stock };
    let variant = Variant { code: made, name: name.as_str().to_owned(), price: Some(asked), left, archived: false };
    store::put_variant(tx, step, &product.code, (&variant.code, &variant.name, stock));
    store::set_price(tx, step, &product.item(&variant), asked);
    let subject = format!("{}/{}", product.code, variant.code);
    let new = Some(format!("{} · {} {}", variant.name, asked.minor(), asked.currency().code()));
    store::audit(tx, step, Trace { deed: CatalogueDeed::VariantAdded, subject, old: None, new });
    product.variants.push(variant);
    settle(tx, step, &product).await?;
    Ok(product)
}

/// Brings the history of a product's prices in line.
pub(super) async fn settle(tx: &mut Tx, step: Step, product: &Product) -> Result<()> {
    store::settle_history(tx, step, &Target::Product(product.code.to_string())).await
}
