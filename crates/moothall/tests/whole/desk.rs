//! Staff at their desk: an account made by the binary, and sign-in through the pages.

use crate::{client::Client, folder::Folder, server::Server};

/// What `user add` said, once.
pub struct Account {
    pub login: String,
    pub password: String,
    pub secret: String,
    pub recovery: Vec<String>,
}

pub fn add(folder: &Folder, agency: &str, role: &str) -> Account {
    let login = format!("kit.sample@{agency}.example.org");
    let said =
        folder.done(&["user", "add", "--agency", agency, "--login", &login, "--name", "Kit Sample", "--role", role]);
    let after = |mark: &str| {
        let line = said.lines().find_map(|line| line.trim().strip_prefix(mark)).unwrap_or_else(|| panic!("{said}"));
        line.trim().to_owned()
    };
    let address = after("authenticator");
    let secret = address.split("secret=").nth(1).and_then(|rest| rest.split('&').next()).unwrap().to_owned();
    let recovery = after("recovery codes").split_whitespace().map(str::to_owned).collect();
    Account { login, password: after("password"), secret, recovery }
}

/// Signs in; the status of the answer, 303 where the door opened.
pub fn sign_in(server: &Server, account: &Account, code: &str) -> (Client, u16) {
    let mut client = server.client();
    let fields = [("login", account.login.as_str()), ("password", account.password.as_str()), ("code", code)];
    let answer = client.post("/staff/sign-in", &fields).unwrap();
    (client, answer.status)
}
