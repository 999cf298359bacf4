//! SQL written out, for statements that do several things in one round trip.
//!
//! Unlike `diesel::sql_query` it is prepared once per connection: its text is made of constants, so caching it is safe.
//! Placeholders are written as `?` in the text and numbered here; a literal `?` can't be written.

use diesel::QueryResult;
use diesel::pg::Pg;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{HasSqlType, Untyped};
use std::marker::PhantomData;

/// A bound value with its SQL type forgotten.
trait Bound: Send {
    fn push<'b>(&'b self, out: &mut AstPass<'_, 'b, Pg>) -> QueryResult<()>;
}

struct Value<ST, T> {
    value: T,
    sql_type: PhantomData<fn() -> ST>,
}

impl<ST, T> Bound for Value<ST, T>
where
    Pg: HasSqlType<ST>,
    T: ToSql<ST, Pg> + Send,
{
    fn push<'b>(&'b self, out: &mut AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_bind_param::<ST, T>(&self.value)
    }
}

/// A statement with its values.
pub struct Statement {
    text: Vec<&'static str>,
    values: Vec<Box<dyn Bound>>,
}

/// Starts a statement from a constant text with `?` for each value.
pub fn sql(text: &'static str) -> Statement {
    Statement { text: vec![text], values: Vec::new() }
}

impl Statement {
    /// Goes on with another constant text, for a condition that not every call has.
    #[must_use]
    pub fn then(mut self, text: &'static str) -> Self {
        self.text.push(text);
        self
    }

    /// Gives the next value.
    #[must_use]
    pub fn bind<ST, T>(mut self, value: T) -> Self
    where
        ST: 'static,
        Pg: HasSqlType<ST>,
        T: ToSql<ST, Pg> + Send + 'static,
    {
        self.values.push(Box::new(Value { value, sql_type: PhantomData::<fn() -> ST> }));
        self
    }
}

impl QueryFragment<Pg> for Statement {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        let mut values = self.values.iter();
        for text in &self.text {
            for (at, part) in text.split('?').enumerate() {
                if at > 0 {
                    let value = values.next().ok_or_else(|| wrong_count(&self.text))?;
                    value.push(&mut out)?;
                }
                out.push_sql(part);
            }
        }
        if values.next().is_some() {
            return Err(wrong_count(&self.text));
        }
        Ok(())
    }
}

fn wrong_count(text: &[&str]) -> diesel::result::Error {
    let text = text.concat();
    diesel::result::Error::QueryBuilderError(format!("values and placeholders differ in: {text}").into())
}

impl QueryId for Statement {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl Query for Statement {
    type SqlType = Untyped;
}
