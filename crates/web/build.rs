//! Embeds `dist/` in a release build. A debug build embeds nothing and reads the folder when it starts.

use std::{env, error::Error, fmt::Write, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    let dist = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../dist");
    println!("cargo::rerun-if-changed={}", dist.display());
    let mut list = String::from("pub static FILES: &[(&str, &[u8])] = &[\n");
    if env::var("PROFILE")? == "release" {
        let files =
            fs::read_dir(&dist).map_err(|_| "dist/ is not built: run `npm ci --ignore-scripts && npm run build`")?;
        for file in files {
            let path = file?.path().canonicalize()?;
            let name = path.file_name().ok_or("a file without a name")?.to_string_lossy().into_owned();
            writeln!(list, "    ({name:?}, include_bytes!({:?})),", path.display().to_string())?;
        }
    }
    list.push_str("];\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("embedded.rs"), list)?;
    Ok(())
}
