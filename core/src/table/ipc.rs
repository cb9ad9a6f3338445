//! Arrow IPC: files (also known as Feather version 2) and streams.
//!
//! Messages are found and measured here, so that a damaged length cannot ask for memory; `arrow-ipc` decodes them.

use std::io::{Read, Seek, SeekFrom};
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_buffer::Buffer;
use arrow_ipc::convert::fb_to_schema;
use arrow_ipc::reader::FileDecoder;
use arrow_ipc::{Block, CompressionType, MessageHeader, root_as_footer, root_as_message};
use arrow_schema::{ArrowError, SchemaRef};

use crate::error::{Code, Error, Problem, Result};
use crate::table::arrow::{ArrowReader, Sample};
use crate::table::damage::{cut_off, damaged, guarded};
use crate::table::problems::Problems;
use crate::table::{ColumnSpec, ReadOptions, Sink, unreadable};

const FORMAT: &str = "Arrow";
const MAGIC: &[u8; 6] = b"ARROW1";
/// Precedes the length of a message in all but very old streams.
const CONTINUATION: [u8; 4] = [0xff; 4];
/// Length of the footer and magic, at the end of a file.
const TRAILER: u64 = 10;
/// Bytes that one compressed buffer may claim to hold.
const MAX_BUFFER: i64 = 1 << 30;
/// Rows that one record batch may claim to hold.
const MAX_BATCH_ROWS: usize = i32::MAX as usize;

/// Reads a whole Arrow IPC table.
pub fn read(input: impl Read + Seek, specs: &[ColumnSpec], options: ReadOptions, sink: &mut dyn Sink) -> Result<()> {
    let mut batches = Batches::open(input)?;
    let columns = ArrowReader::new(&batches.schema, specs, options)?;
    let mut problems = Problems::default();
    let mut row = 1;
    while let Some(batch) = batches.next()? {
        columns.read_into(&batch, sink, row, &mut problems)?;
        row += batch.num_rows() as u64;
        if problems.is_full() {
            break;
        }
    }
    problems.into_result()
}

/// Names of the columns and the texts of their first values, for guessing roles.
pub fn header_and_sample(input: impl Read + Seek) -> Result<Vec<(String, Vec<String>)>> {
    let mut batches = Batches::open(input)?;
    let mut sample = Sample::new(&batches.schema);
    while !sample.is_full()
        && let Some(batch) = batches.next()?
    {
        sample.add(&batch);
    }
    Ok(sample.columns)
}

/// The record batches of a file or stream.
struct Batches<R> {
    input: R,
    length: u64,
    schema: SchemaRef,
    decoder: FileDecoder,
    place: Place,
}

/// Where the next message is.
enum Place {
    /// Blocks of a file that are still to come, the last one first.
    File(Vec<Block>),
    /// Position in a stream.
    Stream(u64),
}

impl<R: Read + Seek> Batches<R> {
    fn open(mut input: R) -> Result<Self> {
        let length = input.seek(SeekFrom::End(0)).map_err(|error| unreadable(&error))?;
        let start = read_at(&mut input, 0, length.min(8))?;
        if start.starts_with(MAGIC) {
            Self::open_file(input, length)
        } else if start.starts_with(&CONTINUATION) {
            Self::open_stream(input, length)
        } else if length < 8 && (MAGIC.starts_with(&start) || CONTINUATION.starts_with(&start)) {
            Err(cut_off(FORMAT).into())
        } else {
            Err(Problem::new(Code::FormatUnknown, "the file is neither an Arrow file nor an Arrow stream")
                .hint("tables are read from CSV, Parquet and Arrow")
                .into())
        }
    }

    fn open_file(mut input: R, length: u64) -> Result<Self> {
        let trailer = read_at(&mut input, length.saturating_sub(TRAILER), TRAILER.min(length))?;
        if length < TRAILER + 8 || !trailer.ends_with(MAGIC) {
            return Err(cut_off(FORMAT).into());
        }
        let footer_length = trailer.first_chunk::<4>().map_or(0, |bytes| u64::from(u32::from_le_bytes(*bytes)));
        if footer_length > length - TRAILER - 8 {
            return Err(damaged(FORMAT, "its footer is longer than the file"));
        }
        let footer = read_at(&mut input, length - TRAILER - footer_length, footer_length)?;
        let (schema, version, dictionaries, mut blocks) = guarded(FORMAT, || {
            let footer = root_as_footer(&footer).map_err(|error| damaged(FORMAT, error))?;
            let schema = footer.schema().ok_or_else(|| damaged(FORMAT, "its footer has no schema"))?;
            let dictionaries: Vec<Block> = footer.dictionaries().into_iter().flatten().copied().collect();
            let blocks: Vec<Block> = footer.recordBatches().into_iter().flatten().copied().collect();
            Ok((checked_schema(schema)?, footer.version(), dictionaries, blocks))
        })?;
        blocks.reverse();
        let decoder = FileDecoder::new(schema.clone(), version);
        let mut batches = Self { input, length, schema, decoder, place: Place::File(blocks) };
        for block in dictionaries {
            let message = batches.block(&block)?;
            guarded(FORMAT, || {
                check_compression(&message, &block)?;
                batches.decoder.read_dictionary(&block, &message).map_err(|error| translated(&error))
            })?;
        }
        Ok(batches)
    }

    fn open_stream(mut input: R, length: u64) -> Result<Self> {
        let Some((block, metadata)) = message_at(&mut input, 0, length)? else {
            return Err(damaged(FORMAT, "the stream has no schema"));
        };
        let (schema, version) = guarded(FORMAT, || {
            let message = root_as_message(&metadata).map_err(|error| damaged(FORMAT, error))?;
            let schema = message
                .header_as_schema()
                .ok_or_else(|| damaged(FORMAT, "the stream does not start with its schema"))?;
            Ok((checked_schema(schema)?, message.version()))
        })?;
        let decoder = FileDecoder::new(schema.clone(), version);
        Ok(Self { input, length, schema, decoder, place: Place::Stream(end_of(&block)) })
    }

    /// The next record batch; dictionaries on the way are kept.
    fn next(&mut self) -> Result<Option<RecordBatch>> {
        loop {
            let block = match &mut self.place {
                Place::File(blocks) => blocks.pop(),
                Place::Stream(position) => match message_at(&mut self.input, *position, self.length)? {
                    Some((block, _)) => {
                        *position = end_of(&block);
                        Some(block)
                    }
                    None => None,
                },
            };
            let Some(block) = block else { return Ok(None) };
            let message = self.block(&block)?;
            let decoder = &mut self.decoder;
            let batch = guarded(FORMAT, || {
                if check_compression(&message, &block)? == MessageHeader::DictionaryBatch {
                    decoder.read_dictionary(&block, &message).map_err(|error| translated(&error))?;
                    return Ok(None);
                }
                decoder.read_record_batch(&block, &message).map_err(|error| translated(&error))
            })?;
            if let Some(batch) = batch {
                if batch.num_rows() > MAX_BATCH_ROWS {
                    return Err(damaged(FORMAT, "a record batch claims more rows than it can have"));
                }
                return Ok(Some(batch));
            }
        }
    }

    /// The bytes of a message.
    fn block(&mut self, block: &Block) -> Result<Buffer> {
        let (Ok(offset), Ok(metadata), Ok(body)) =
            (u64::try_from(block.offset()), u64::try_from(block.metaDataLength()), u64::try_from(block.bodyLength()))
        else {
            return Err(damaged(FORMAT, "a message has a negative length"));
        };
        let size = metadata.checked_add(body).filter(|_| metadata >= 8);
        if size.and_then(|size| size.checked_add(offset)).is_none_or(|end| end > self.length) {
            return Err(cut_off(FORMAT).into());
        }
        Ok(Buffer::from_vec(read_at(&mut self.input, offset, metadata + body)?))
    }
}

fn end_of(block: &Block) -> u64 {
    block.offset() as u64 + block.metaDataLength() as u64 + block.bodyLength() as u64
}

/// The message of a stream at a position, with its metadata; `None` at the end.
fn message_at<R: Read + Seek>(input: &mut R, position: u64, length: u64) -> Result<Option<(Block, Vec<u8>)>> {
    let left = length - position;
    let start = read_at(input, position, left.min(8))?;
    let (prefix, size) = match start.as_slice() {
        [] => return Ok(None),
        [0xff, 0xff, 0xff, 0xff, a, b, c, d] => (8, i32::from_le_bytes([*a, *b, *c, *d])),
        [a, b, c, d, ..] if start[..4] != CONTINUATION => (4, i32::from_le_bytes([*a, *b, *c, *d])),
        _ => return Err(cut_off(FORMAT).into()),
    };
    if size == 0 {
        return Ok(None);
    }
    let size = u64::try_from(size).map_err(|_| damaged(FORMAT, "a message has a negative length"))?;
    if prefix + size > left {
        return Err(cut_off(FORMAT).into());
    }
    let metadata = read_at(input, position + prefix, size)?;
    let body =
        guarded(FORMAT, || Ok(root_as_message(&metadata).map_err(|error| damaged(FORMAT, error))?.bodyLength()))?;
    if body < 0 {
        return Err(damaged(FORMAT, "a message has a negative length"));
    }
    if body as u64 > left - prefix - size {
        return Err(cut_off(FORMAT).into());
    }
    let block = i32::try_from(prefix + size)
        .map(|metadata_length| Block::new(position as i64, metadata_length, body))
        .map_err(|_| damaged(FORMAT, "a message is too long"))?;
    Ok(Some((block, metadata)))
}

fn read_at<R: Read + Seek>(input: &mut R, position: u64, length: u64) -> Result<Vec<u8>> {
    let length = usize::try_from(length).map_err(|_| {
        Error::from(
            Problem::new(Code::BudgetExceeded, "a part of the Arrow file is larger than the memory")
                .hint("write it with smaller record batches"),
        )
    })?;
    let mut bytes = vec![0; length];
    input
        .seek(SeekFrom::Start(position))
        .and_then(|_| input.read_exact(&mut bytes))
        .map_err(|error| unreadable(&error))?;
    Ok(bytes)
}

fn checked_schema(schema: arrow_ipc::Schema<'_>) -> Result<SchemaRef> {
    if !schema.endianness().equals_to_target_endianness() {
        return Err(Problem::new(Code::FormatUnknown, "the Arrow file was written on a machine of other byte order")
            .hint("write it again on a little-endian machine")
            .into());
    }
    Ok(Arc::new(fb_to_schema(schema)))
}

/// Refuses compressed buffers that claim to be larger than they may be; returns what kind of message it is.
fn check_compression(message: &Buffer, block: &Block) -> Result<MessageHeader> {
    let metadata = block.metaDataLength() as usize;
    let bytes = message.as_slice();
    let prefix = if bytes.starts_with(&CONTINUATION) { 8 } else { 4 };
    let header = root_as_message(&bytes[prefix..metadata]).map_err(|error| damaged(FORMAT, error))?;
    let batch = match header.header_type() {
        MessageHeader::DictionaryBatch => header.header_as_dictionary_batch().and_then(|dictionary| dictionary.data()),
        _ => header.header_as_record_batch(),
    };
    let Some((batch, compression)) = batch.and_then(|batch| Some((batch, batch.compression()?))) else {
        return Ok(header.header_type());
    };
    let codec = match compression.codec() {
        CompressionType::LZ4_FRAME => None,
        CompressionType::ZSTD if cfg!(feature = "zstd") => None,
        CompressionType::ZSTD => Some("zstd"),
        _ => Some("an unknown codec"),
    };
    if let Some(codec) = codec {
        return Err(Problem::new(
            Code::FormatUnknown,
            format!("the Arrow file is compressed with {codec}, which this build does not read"),
        )
        .hint("write it without compression or with lz4")
        .into());
    }
    for buffer in batch.buffers().into_iter().flatten() {
        let start = usize::try_from(buffer.offset()).ok().and_then(|offset| offset.checked_add(metadata));
        let claimed = start
            .and_then(|start| bytes.get(start..start.checked_add(8)?))
            .and_then(|size| size.first_chunk::<8>())
            .map_or(0, |size| i64::from_le_bytes(*size));
        if !(-1..=MAX_BUFFER).contains(&claimed) {
            return Err(damaged(FORMAT, "a compressed column claims a size that it cannot have"));
        }
    }
    Ok(header.header_type())
}

fn translated(error: &ArrowError) -> Error {
    let message = error.to_string();
    damaged(FORMAT, message.lines().next().unwrap_or_default().chars().take(200).collect::<String>())
}
