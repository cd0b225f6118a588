//! What a page weighs on its way to a browser: HTML, CSS and JavaScript as the server sends them.

use crate::{
    client::{Answer, Client, get},
    seed,
    server::Server,
    table::{Budget, Table},
    world::{self, SERVICE},
};
use anyhow::{Result, ensure};
use std::collections::BTreeSet;

/// An answer as a browser of today asks for it, and its weight in KB.
async fn as_sent(client: &mut Client, path: &str, cookie: Option<&str>) -> Result<(Answer, f64)> {
    let plain = String::from_utf8(get(path, cookie))?;
    let asked = plain.replacen("\r\n\r\n", "\r\nAccept-Encoding: gzip, deflate, br\r\n\r\n", 1);
    let answer = client.ask(asked.as_bytes()).await?;
    ensure!(answer.status == 200, "{} to {path}", answer.status);
    let weight = answer.body.len() as f64 / 1024.0;
    Ok((answer, weight))
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
        // Read plain for what it links to, weighed as it is sent.
        let page = client.ask(&get(path, Some(&attempt))).await?;
        let files = linked(&String::from_utf8_lossy(&page.body));
        ensure!(!files.is_empty(), "{path} names no style sheet");
        let (sent, mut whole) = as_sent(&mut client, path, Some(&attempt)).await?;
        let coding = sent.header("content-encoding").unwrap_or("plain, as what one person alone may see is");
        let mut parts = vec![format!("HTML {whole:.1} ({coding})")];
        for file in files {
            let (sent, weight) = as_sent(&mut client, &file, None).await?;
            whole += weight;
            let coding = sent.header("content-encoding").unwrap_or("plain");
            parts.push(format!("{} {weight:.1} ({coding})", if file.ends_with(".css") { "CSS" } else { "JS" }));
        }
        table.add(format!("weight of the {name}"), Budget::AtMost(60.0), whole, "KB sent").note = parts.join(", ");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sheets_and_scripts_are_weighed_with_the_page() {
        let html = r#"<link href="/assets/a-1.css"><script src="/assets/b-2.js"></script><img src="/assets/c.svg"><a href="/x.js">"#;
        assert_eq!(linked(html).into_iter().collect::<Vec<_>>(), ["/assets/a-1.css", "/assets/b-2.js"]);
    }
}
