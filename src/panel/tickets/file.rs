//! The bytes of a ticket's file; that staff read it is audited.

use crate::db::Tx;
use crate::domain::tickets::{Step, service};
use crate::kernel::Result;
use crate::panel::{Panel, Staff};

/// Something to keep: a name and its bytes.
#[derive(Debug)]
pub struct Download {
    /// Its name.
    pub name: String,
    /// Its media type, without parameters but where it is ours.
    pub kind: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Panel {
    /// A ticket's file.
    ///
    /// # Errors
    /// [`crate::kernel::Error::NotFound`] for one that isn't this ticket's, or whose bytes aren't here.
    pub async fn file(&self, staff: &Staff, (number, id): (i64, i64)) -> Result<Download> {
        let step = Step { guild: staff.guild.id, number, rules: &self.app.tickets, now: self.now() };
        let read = async |tx: &mut Tx| service::read_file(tx, &step, id).await;
        // Its audit is written as it ends.
        let file = self.reading(&staff.actor, read).await?;
        Ok(Download { name: file.file_name, kind: file.content_type, bytes: file.bytes })
    }
}
