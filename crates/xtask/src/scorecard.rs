//! x
use anyhow::Result;
pub(crate) fn run() -> Result<()> {
    let _ = crate::shared()?;
    Ok(())
}
