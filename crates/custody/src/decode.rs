use picture::{Developed, Fault, Order};

/// Who decodes pictures.
#[derive(Clone)]
pub enum Decoder {
    /// In this process: for tests alone.
    Here(fn(&Order, &[u8]) -> Result<Developed, Fault>),
}

impl Decoder {
    pub async fn develop(&self, order: &Order, original: &[u8]) -> Result<Developed, Fault> {
        match self {
            Decoder::Here(develop) => develop(order, original),
        }
    }
}
