//! The bytes of a ticket's file; that staff read it is audited.

use crate::domain::tickets::{Step, service};
use crate::kernel::{Error, Result};
use crate::panel::{Panel, Staff};

/// Something to keep: a name and its bytes.
#[derive(Debug)]
pub struct Download {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Panel {
    /// A ticket's file.
    ///
    /// # Errors
    /// [`Error::NotFound`] for one that isn't this ticket's, or whose bytes aren't here.
    pub async fn file(&self, staff: &Staff, (number, id): (i64, i64)) -> Result<Download> {
        let step = Step { guild: staff.guild.id, number, rules: &self.app.tickets, now: self.now() };
        let mut tx = self.app.db.begin(&staff.actor).await?;
        let file = service::read_file(&mut tx, &step, id).await?;
        tx.commit().await.map_err(Error::as_unavailable)?;
        Ok(Download { name: file.file_name, bytes: file.bytes })
    }
}
