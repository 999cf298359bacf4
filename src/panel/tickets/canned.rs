//! Canned replies and saved views at the panel.

use crate::db::Tx;
use crate::domain::panel::canned::{self, Canned, SavedView};
use crate::kernel::error::Problem;
use crate::kernel::text::{Body, Line};
use crate::kernel::{Error, Result};
use crate::panel::{Panel, Staff};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Longest filters of a saved view, in bytes.
const QUERY: usize = 1000;

/// The canned replies of a guild.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelCannedReplies)]
pub struct CannedReplies {
    /// They, by title.
    pub canned: Vec<CannedReply>,
}

/// A canned reply.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelCanned)]
pub struct CannedReply {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What it says; the page fills its variables in.
    pub body: String,
}

/// A canned reply as it is written.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = PanelNewCanned)]
pub struct NewCanned {
    /// What it is called.
    pub title: String,
    /// What it says.
    pub body: String,
}

/// One's own saved views.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelViews)]
pub struct Views {
    /// They, the oldest first.
    pub views: Vec<View>,
}

/// A saved view.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PanelView)]
pub struct View {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What stands behind the list's address.
    pub query: String,
}

/// A view as it is saved.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = PanelNewView)]
pub struct NewView {
    /// What it is called.
    pub name: String,
    /// What stands behind the list's address.
    pub query: String,
}

fn reply(Canned { id, title, body }: Canned) -> CannedReply {
    CannedReply { id: id.to_string(), title, body }
}

fn view(SavedView { id, name, query }: SavedView) -> View {
    View { id: id.to_string(), name, query }
}

fn checked(new: &NewCanned) -> Result<(Line, Body)> {
    let title = Line::parse(&new.title).map_err(|problem| Error::Argument { option: "title", problem })?;
    let body = Body::parse(&new.body).map_err(|problem| Error::Argument { option: "body", problem })?;
    Ok((title, body))
}

impl Panel {
    /// The canned replies of a guild.
    ///
    /// # Errors
    /// [`Error::Unavailable`] where the database can't be reached.
    pub async fn canned(&self, staff: &Staff) -> Result<CannedReplies> {
        let mut tx = self.app.db.begin(&staff.actor).await?;
        let all = canned::canned(&mut tx, staff.guild.id).await?;
        tx.end().await?;
        Ok(CannedReplies { canned: all.into_iter().map(reply).collect() })
    }

    /// Adds a canned reply, or changes the one with that id.
    ///
    /// # Errors
    /// [`Error::Argument`], [`Error::NotFound`], [`Error::Conflict`] where there are too many.
    pub async fn keep_canned(&self, staff: &Staff, id: Option<i64>, new: &NewCanned) -> Result<CannedReply> {
        let (title, body) = checked(new)?;
        let (guild, user, now) = (staff.guild.id, staff.session.user, self.now());
        let write = async |tx: &mut Tx| match id {
            Some(id) => canned::change_canned(tx, (guild, user, id), (&title, &body), now).await,
            None => canned::add_canned(tx, (guild, user), (&title, &body), now).await,
        };
        Ok(reply(self.writing(&staff.actor, write).await?))
    }

    /// Removes a canned reply.
    ///
    /// # Errors
    /// [`Error::NotFound`] for none of this guild's.
    pub async fn remove_canned(&self, staff: &Staff, id: i64) -> Result<()> {
        self.writing(&staff.actor, async |tx| canned::remove_canned(tx, staff.guild.id, id).await).await
    }

    /// One's own saved views.
    ///
    /// # Errors
    /// [`Error::Unavailable`] where the database can't be reached.
    pub async fn views(&self, staff: &Staff) -> Result<Views> {
        let mut tx = self.app.db.begin(&staff.actor).await?;
        let all = canned::views(&mut tx, staff.guild.id, staff.session.user).await?;
        tx.end().await?;
        Ok(Views { views: all.into_iter().map(view).collect() })
    }

    /// Saves a view.
    ///
    /// # Errors
    /// [`Error::Argument`], [`Error::Conflict`] where there are too many.
    pub async fn save_view(&self, staff: &Staff, new: &NewView) -> Result<View> {
        let name = Line::parse(&new.name).map_err(|problem| Error::Argument { option: "name", problem })?;
        let (max, found) = (QUERY, new.query.len());
        let plain = new.query.bytes().all(|b| b.is_ascii_graphic());
        if found > max || !plain {
            let problem = if plain { Problem::TooLong { max, found } } else { Problem::Unknown };
            return Err(Error::Argument { option: "query", problem });
        }
        let whose = (staff.guild.id, staff.session.user);
        let write = async |tx: &mut Tx| canned::add_view(tx, whose, (&name, &new.query)).await;
        Ok(view(self.writing(&staff.actor, write).await?))
    }

    /// Removes one of one's own saved views.
    ///
    /// # Errors
    /// [`Error::NotFound`] for any other.
    pub async fn remove_view(&self, staff: &Staff, id: i64) -> Result<()> {
        let whose = (staff.guild.id, staff.session.user);
        self.writing(&staff.actor, async |tx| canned::remove_view(tx, whose, id).await).await
    }
}
