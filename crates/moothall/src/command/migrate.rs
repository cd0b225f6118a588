use crate::{Args, house};
use anyhow::Result;

pub async fn run(args: &Args) -> Result<()> {
    args.known(&[])?;
    let db = house::database(&args.config()?)?;
    let done = db.migrate().await?;
    println!("schema: version {} (it was {})", done.to, done.from);
    Ok(())
}
