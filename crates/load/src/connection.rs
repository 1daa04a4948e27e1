//! One connection: sends the request, reads the answer, and connects again when it has to.
//!
//! Owns its socket and its buffer. Counts nothing.

use crate::response::{Progress, Reader, Response};
use crate::tally::Kind;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::net::tcp::ReadHalf;

const PIECE: usize = 64 * 1024;

/// What is asked, the same every time.
#[derive(Debug, Clone)]
pub(crate) struct Question {
    /// Head and body. The same bytes for all connections; nobody changes them.
    pub(crate) bytes: Arc<[u8]>,
    /// The method is HEAD, so the answer has no body.
    pub(crate) is_head: bool,
}

/// A connection that is open, or will be for the next request.
#[derive(Debug)]
pub(crate) struct Connection {
    address: SocketAddr,
    question: Question,
    stream: Option<TcpStream>,
    buffer: Box<[u8]>,
}

impl Connection {
    /// Connects.
    pub(crate) async fn open(address: SocketAddr, question: Question) -> io::Result<Self> {
        let stream = Some(connect(address).await?);
        Ok(Self { address, question, stream, buffer: vec![0; PIECE].into() })
    }

    /// Sends one request and reads the whole answer; says how many bytes that was.
    pub(crate) async fn ask(&mut self) -> Result<(Response, u64), Kind> {
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => connect(self.address).await.map_err(|_| Kind::Connect)?,
        };
        let (response, bytes, is_reusable) = exchange(&mut stream, &self.question, &mut self.buffer).await?;
        self.stream = is_reusable.then_some(stream);
        Ok((response, bytes))
    }
}

/// Sends and reads at the same time, for a server may answer, or refuse, before it has read the whole body.
/// Says whether the connection may carry another request.
async fn exchange(
    stream: &mut TcpStream,
    question: &Question,
    buffer: &mut [u8],
) -> Result<(Response, u64, bool), Kind> {
    let (mut read, mut write) = stream.split();
    let mut sending = pin!(write.write_all(&question.bytes));
    let mut reading = pin!(answer(&mut read, buffer, Reader::new(question.is_head)));
    let mut sent = None;
    let (response, bytes) = loop {
        tokio::select! {
            biased;
            // A failure here is not the end: a server that stops reading may have said why.
            result = &mut sending, if sent.is_none() => sent = Some(result.is_ok()),
            answer = &mut reading => break answer?,
        }
    };
    let is_reusable = match sent {
        _ if !response.keeps_alive => false,
        Some(is_sent) => is_sent,
        None => sending.await.is_ok(),
    };
    Ok((response, bytes, is_reusable))
}

/// Reads one whole answer; says how many bytes it had.
async fn answer(from: &mut ReadHalf<'_>, buffer: &mut [u8], mut reader: Reader) -> Result<(Response, u64), Kind> {
    let mut bytes = 0;
    loop {
        let count = from.read(buffer).await.map_err(|_| Kind::Io)?;
        bytes += count as u64;
        if count == 0 {
            return reader.end().map(|response| (response, bytes)).ok_or(Kind::Cut);
        }
        match reader.take(&buffer[..count]).map_err(|_| Kind::Malformed)? {
            Progress::More => {}
            // Nobody asked for more than one answer.
            Progress::Whole(_, used) if used < count => return Err(Kind::Malformed),
            Progress::Whole(response, _) => return Ok((response, bytes)),
        }
    }
}

async fn connect(address: SocketAddr) -> io::Result<TcpStream> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::net::TcpListener;

    /// Larger than what the system takes on for a peer that does not read.
    const LARGE: usize = 64 * 1024 * 1024;

    /// Asks a server with a large body; the server reads so many bytes, answers with `fields`, and goes on reading.
    async fn ask_with_a_large_body(read_first: usize, fields: &str) -> (Result<(u16, bool), Kind>, usize) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("it listens");
        let answer = format!("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n{fields}\r\n");
        let server = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.expect("the test connects");
            stream.read_exact(&mut vec![0; read_first]).await.expect("the test sends as much");
            stream.write_all(answer.as_bytes()).await.expect("the test reads it");
            let mut rest = Vec::new();
            stream.read_to_end(&mut rest).await.ok();
            read_first + rest.len()
        });
        let question = Question { bytes: vec![b'x'; LARGE].into(), is_head: false };
        let mut connection = Connection::open(address, question).await.expect("it listens");
        let got = connection.ask().await.map(|(response, _)| (response.status, connection.stream.is_some()));
        drop(connection);
        (got, server.await.expect("the server does not panic"))
    }

    #[tokio::test]
    async fn an_answer_that_comes_before_the_end_of_the_body_does_not_end_the_sending() {
        assert_eq!(ask_with_a_large_body(1, "").await, (Ok((413, true)), LARGE));
    }

    #[tokio::test]
    async fn a_server_that_closes_early_has_its_answer_counted_and_gets_no_more() {
        let (got, read) = ask_with_a_large_body(1, "Connection: close\r\n").await;
        assert_eq!(got, Ok((413, false)));
        assert!(read < LARGE, "{read} of {LARGE} bytes were sent");
    }
}
