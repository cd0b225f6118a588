//! What a page weighs: HTML, CSS and JavaScript, compressed.

use crate::{
    client::{Client, get},
    seed,
    server::Server,
    table::{Budget, Table},
    world::{self, SERVICE},
};
use anyhow::{Result, ensure};
use flate2::{Compression, write::GzEncoder};
use std::{collections::BTreeSet, io::Write};

fn compressed(bytes: &[u8]) -> Result<f64> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(bytes)?;
    Ok(gzip.finish()?.len() as f64 / 1024.0)
}

/// The style sheets and scripts a page names.
fn linked(html: &str) -> BTreeSet<String> {
    let values = html.split('"').skip(1).step_by(2);
    let is_linked = |value: &&str| value.starts_with("/assets/") && (value.ends_with(".css") || value.ends_with(".js"));
    values.filter(is_linked).map(str::to_owned).collect()
}

pub async fn rows(table: &mut Table) -> Result<()> {
    let world = world::empty().await?;
    let attempt = format!("attempt={}", seed::attempts(&world, 1).await?[0]);
    let server = Server::moothall(&world).await?;
    let mut client = Client::new(server.at).await?;
    let question = format!("/report/{SERVICE}/q/land");
    let check = format!("/report/{SERVICE}/check");
    for (name, path) in [("front page", "/"), ("question page", &question), ("check-answers page", &check)] {
        let page = client.ask(&get(path, Some(&attempt))).await?;
        ensure!(page.status == 200, "{} to {path}", page.status);
        let html = String::from_utf8_lossy(&page.body).into_owned();
        let (mut whole, mut parts) = (compressed(&page.body)?, vec![format!("HTML {:.1}", compressed(&page.body)?)]);
        let files = linked(&html);
        ensure!(!files.is_empty(), "{path} names no style sheet");
        for file in files {
            let file_answer = client.ask(&get(&file, None)).await?;
            ensure!(file_answer.status == 200, "{} to {file}", file_answer.status);
            let weight = compressed(&file_answer.body)?;
            whole += weight;
            parts.push(format!("{} {weight:.1}", if file.ends_with(".css") { "CSS" } else { "JS" }));
        }
        let row = table.add(format!("weight of the {name}"), Budget::AtMost(60.0), whole, "KB gzip");
        row.note = format!(
            "{} (compressed here; the server itself {})",
            parts.join(", "),
            encoding(&mut client, path, &attempt).await?
        );
    }
    Ok(())
}

/// Whether the server compresses when it is asked to.
async fn encoding(client: &mut Client, path: &str, cookie: &str) -> Result<String> {
    let plain = String::from_utf8(get(path, Some(cookie)))?;
    let asked = plain.replacen("\r\n\r\n", "\r\nAccept-Encoding: gzip, br\r\n\r\n", 1);
    let answer = client.ask(asked.as_bytes()).await?;
    Ok(answer.header("content-encoding").map_or("sends it plain".to_owned(), |how| format!("sends it as {how}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sheets_and_scripts_are_weighed_with_the_page() {
        let html = r#"<link href="/assets/a-1.css"><script src="/assets/b-2.js"></script><img src="/assets/c.svg"><a href="/x.js">"#;
        assert_eq!(linked(html).into_iter().collect::<Vec<_>>(), ["/assets/a-1.css", "/assets/b-2.js"]);
    }

    #[test]
    fn what_repeats_weighs_little() {
        assert!(compressed(&[b'a'; 100_000]).unwrap() < 1.0);
    }
}
