//! stub
use std::path::Path;
pub struct Cluster;
pub enum Durability { Durable, Off }
#[derive(Debug, thiserror::Error)]
#[error("x")]
pub struct ClusterError;
impl Cluster {
    pub fn start(_: &Path, _: Durability) -> Result<Self, ClusterError> { Err(ClusterError) }
    pub fn url(&self) -> String { String::new() }
    pub fn stop(self) -> Result<(), ClusterError> { Ok(()) }
}
