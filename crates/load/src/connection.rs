//! One connection: sends the request, reads the answer, and connects again when it has to.
//!
//! Owns its socket and its buffer. Counts nothing.

use crate::response::{Progress, Reader, Response};
use crate::tally::Kind;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

const PIECE: usize = 64 * 1024;

/// A connection that is open, or will be for the next request.
#[derive(Debug)]
pub(crate) struct Connection {
    address: SocketAddr,
    /// The same bytes for all connections; nobody changes them.
    request: Arc<[u8]>,
    stream: Option<TcpStream>,
    buffer: Box<[u8]>,
}

impl Connection {
    /// Connects.
    pub(crate) async fn open(address: SocketAddr, request: Arc<[u8]>) -> io::Result<Self> {
        let stream = Some(connect(address).await?);
        Ok(Self { address, request, stream, buffer: vec![0; PIECE].into() })
    }

    /// Sends one request and reads the whole answer; says how many bytes that was.
    pub(crate) async fn ask(&mut self) -> Result<(Response, u64), Kind> {
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => connect(self.address).await.map_err(|_| Kind::Connect)?,
        };
        stream.write_all(&self.request).await.map_err(|_| Kind::Io)?;
        let mut reader = Reader::default();
        let mut bytes = 0;
        loop {
            let count = stream.read(&mut self.buffer).await.map_err(|_| Kind::Io)?;
            bytes += count as u64;
            if count == 0 {
                return reader.end().map(|response| (response, bytes)).ok_or(Kind::Cut);
            }
            match reader.take(&self.buffer[..count]).map_err(|_| Kind::Malformed)? {
                Progress::More => {}
                // Nobody asked for more than one answer.
                Progress::Whole(_, used) if used < count => return Err(Kind::Malformed),
                Progress::Whole(response, _) => {
                    self.stream = response.keeps_alive.then_some(stream);
                    return Ok((response, bytes));
                }
            }
        }
    }
}

async fn connect(address: SocketAddr) -> io::Result<TcpStream> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}
