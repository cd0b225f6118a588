//! `/tiles/{z}/{x}/{y}`: vector tiles of the base map, as they lie in the archive (MAP-8).

use crate::{App, page::Failure};
use axum::{
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use pmtiles::{AsyncPmTilesReader, MmapBackend, TileCoord};

/// The open archive. Without one there is no map, and every task works without it.
pub type Archive = AsyncPmTilesReader<MmapBackend>;

pub async fn get(State(app): State<App>, Path((z, x, y)): Path<(u8, u32, u32)>) -> Result<Response, Failure> {
    let archive = app.basemap().ok_or(Failure::NotFound)?;
    let header_of = archive.get_header();
    if !(header_of.min_zoom..=header_of.max_zoom).contains(&z) {
        return Err(Failure::NotFound);
    }
    let at = TileCoord::new(z, x, y).map_err(|_| Failure::NotFound)?;
    let tile = archive.get_tile(at).await.map_err(|_| Failure::Broken)?;
    let Some(tile) = tile else { return Ok(StatusCode::NO_CONTENT.into_response()) };
    let mut response = tile.to_vec().into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/vnd.mapbox-vector-tile"));
    if header_of.tile_compression == pmtiles::Compression::Gzip {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400"));
    Ok(response)
}
