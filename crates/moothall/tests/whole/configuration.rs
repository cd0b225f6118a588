//! What is wrong with the configuration stops the start with its name, and no secret is printed.

use crate::folder::Folder;

#[test]
fn an_unknown_key_stops_the_start_with_its_name() {
    let folder = Folder::new();
    folder.configure("[sevrer]\nport = 1\n");
    let said = folder.refused(&["serve"]);
    assert!(said.contains("sevrer") && said.contains("moothall.toml"), "{said}");
    folder.configure("[mail]\nhots = \"mail.example.test\"\n");
    let said = folder.refused(&["serve"]);
    assert!(said.contains("hots"), "{said}");
}

#[test]
fn an_unknown_key_of_the_environment_stops_the_start_with_its_name() {
    let folder = Folder::new();
    let output = folder.command(&["serve"]).env("MOOTHALL_SERVER__LISTEM", "127.0.0.1:1").output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains("MOOTHALL_SERVER__LISTEM"), "{said}");
}

#[test]
fn a_bad_value_says_what_was_expected() {
    let folder = Folder::new();
    folder.configure("[keys]\nsecret = \"abc\"\n");
    let said = folder.refused(&["serve"]);
    assert!(said.contains("keys.secret") && said.contains("64 hexadecimal digits"), "{said}");
    let said = folder.refused(&["serve", "--listen", "somewhere"]);
    assert!(said.contains("--listen") && said.contains("127.0.0.1:8080"), "{said}");
}

#[test]
fn a_secret_is_never_printed() {
    let folder = Folder::bare(Some("postgres://moothall:hunter2@127.0.0.1:1/moothall".to_owned()));
    for words in [&["migrate"][..], &["serve"]] {
        let said = folder.refused(words);
        assert!(!said.contains("hunter2") && said.contains("database"), "{said}");
    }
    let folder = Folder::new();
    folder.configure("[keys]\nsecret = \"hunter2hunter2\"\n");
    assert!(!folder.refused(&["serve"]).contains("hunter2"));
}

#[test]
fn a_command_or_flag_that_is_not_known_is_named() {
    let folder = Folder::new();
    assert!(folder.refused(&["sevre"]).contains("`sevre` is not a command"));
    assert!(folder.refused(&["serve", "--prot", "1"]).contains("--prot is not known here"));
}
