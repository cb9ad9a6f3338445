//! One column of an in-memory table: what Python holds becomes Arrow, without a copy where that can be.

use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Float64Builder, Int64Builder, LargeStringBuilder};
use arrow_array::cast::AsArray;
use arrow_array::types::{ArrowPrimitiveType, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt32Type};
use arrow_array::types::{
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType,
};
use arrow_array::{Array, ArrayRef, BooleanArray, DictionaryArray, Int32Array, NullArray, PrimitiveArray};
use arrow_buffer::{BooleanBuffer, NullBuffer};
use modelassay::error::{Code, Error, Problem};
use pyo3::exceptions::{PyOverflowError, PyTypeError};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::{PyBool, PyFloat, PyInt, PyList, PyString};
use pyo3_arrow::PyArray;
use pyo3_arrow::input::AnyArray;

use crate::error::raise;

/// A column in pieces.
#[pyclass(frozen, module = "modelassay._core")]
pub(crate) struct Column {
    pub(crate) chunks: Vec<ArrayRef>,
}

impl Column {
    pub(crate) fn len(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.len()).sum()
    }

    fn whole(array: ArrayRef) -> Self {
        Self { chunks: vec![array] }
    }
}

#[pymethods]
impl Column {
    /// Numbers through the buffer protocol: one dimension, contiguous, native byte order.
    #[staticmethod]
    fn from_buffer(data: PyArray) -> Self {
        Self::whole(data.into_inner().0)
    }

    /// Booleans as bytes of 0 and 1.
    #[staticmethod]
    fn from_bools(data: PyArray) -> PyResult<Self> {
        let bytes = data.array().as_primitive_opt::<UInt8Type>().ok_or_else(|| PyTypeError::new_err("not uint8"))?;
        let bits = BooleanBuffer::collect_bool(bytes.len(), |row| bytes.value(row) != 0);
        Ok(Self::whole(Arc::new(BooleanArray::new(bits, None))))
    }

    /// Texts as NumPy keeps them: `width` code points of 32 bits for each, padded with zeros.
    #[staticmethod]
    fn from_code_points(py: Python<'_>, data: PyArray, width: usize, name: &str, table: &str) -> PyResult<Self> {
        let points = data.array().as_primitive_opt::<UInt32Type>().ok_or_else(|| PyTypeError::new_err("not uint32"))?;
        let mut builder = LargeStringBuilder::with_capacity(points.len() / width.max(1), points.len());
        let mut text = String::with_capacity(4 * width);
        for (index, points) in points.values().chunks_exact(width.max(1)).enumerate() {
            text.clear();
            let end = points.iter().rposition(|&point| point != 0).map_or(0, |last| last + 1);
            for &point in &points[..end] {
                let Some(character) = char::from_u32(point) else {
                    return Err(raise(py, &no_unicode().source(table).row(index as u64 + 1).field(name).into()));
                };
                text.push(character);
            }
            builder.append_value(&text);
        }
        Ok(Self::whole(Arc::new(builder.finish())))
    }

    /// Times as 64-bit integers since 1970, the smallest of which is missing; `unit` is s, ms, us or ns.
    #[staticmethod]
    fn from_times(data: PyArray, unit: &str) -> PyResult<Self> {
        let counts = data.array().as_primitive_opt::<Int64Type>().ok_or_else(|| PyTypeError::new_err("not int64"))?;
        Ok(Self::whole(match unit {
            "s" => times::<TimestampSecondType>(counts),
            "ms" => times::<TimestampMillisecondType>(counts),
            "us" => times::<TimestampMicrosecondType>(counts),
            "ns" => times::<TimestampNanosecondType>(counts),
            _ => return Err(PyTypeError::new_err("not a unit of time")),
        }))
    }

    /// Whatever has the Arrow PyCapsule interface.
    #[staticmethod]
    fn from_arrow(data: AnyArray) -> PyResult<Self> {
        let (chunks, _) = data.into_chunked_array()?.into_inner();
        Ok(Self { chunks })
    }

    /// Codes into categories; a negative code is missing.
    #[staticmethod]
    fn from_categories(codes: PyArray, categories: &Self) -> PyResult<Self> {
        let [categories] = categories.chunks.as_slice() else {
            return Err(PyTypeError::new_err("categories in pieces"));
        };
        let codes = codes.array();
        let wide: Int32Array = if let Some(codes) = codes.as_primitive_opt::<Int8Type>() {
            keys(codes)
        } else if let Some(codes) = codes.as_primitive_opt::<Int16Type>() {
            keys(codes)
        } else if let Some(codes) = codes.as_primitive_opt::<Int32Type>() {
            keys(codes)
        } else {
            return Err(PyTypeError::new_err("codes are neither int8, int16 nor int32"));
        };
        let array = DictionaryArray::try_new(wide, Arc::clone(categories))
            .map_err(|error| PyTypeError::new_err(error.to_string()))?;
        Ok(Self::whole(Arc::new(array)))
    }

    /// Python values: text, numbers, booleans, dates; `None`, NaN and what pandas calls missing are missing.
    /// `name` and `table` say where in errors.
    #[staticmethod]
    fn from_objects(py: Python<'_>, values: &Bound<'_, PyList>, name: &str, table: &str) -> PyResult<Self> {
        objects(values, name, table)?.map(Self::whole).map_err(|error| raise(py, &error))
    }

    /// A column that no one reads: it only has a length.
    #[staticmethod]
    fn unread(length: usize) -> Self {
        Self::whole(Arc::new(NullArray::new(length)))
    }

    fn __len__(&self) -> usize {
        self.len()
    }
}

fn times<T: ArrowPrimitiveType<Native = i64>>(counts: &PrimitiveArray<Int64Type>) -> ArrayRef {
    let valid: NullBuffer = counts.values().iter().map(|&count| count != i64::MIN).collect::<Vec<bool>>().into();
    let nulls = (valid.null_count() > 0).then_some(valid);
    Arc::new(PrimitiveArray::<T>::new(counts.values().clone(), nulls))
}

fn keys<T: ArrowPrimitiveType>(codes: &PrimitiveArray<T>) -> Int32Array
where
    i32: From<T::Native>,
{
    codes.values().iter().map(|&code| Some(i32::from(code)).filter(|&code| code >= 0)).collect()
}

/// A Python value that a table can hold.
enum Value {
    Missing,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(PyBackedStr),
}

/// The narrowest Arrow type that keeps every value as it is; text when they are mixed.
fn objects(values: &Bound<'_, PyList>, name: &str, table: &str) -> PyResult<Result<ArrayRef, Error>> {
    let (mut bools, mut ints, mut floats, mut texts) = (false, false, false, false);
    // Integers beyond this are not exact as floats.
    let mut wide = false;
    let mut read = Vec::with_capacity(values.len());
    for (index, value) in values.iter().enumerate() {
        let Some(value) = one(&value)? else {
            let problem = if value.is_instance_of::<PyString>() {
                no_unicode()
            } else {
                let kind = value.get_type().name()?;
                Problem::new(Code::ColumnType, format!("a value of type {kind} cannot be read"))
                    .hint("a column holds text, numbers, booleans, dates or missing values")
            };
            return Ok(Err(problem.source(table).row(index as u64 + 1).field(name).into()));
        };
        match &value {
            Value::Missing => {}
            Value::Bool(_) => bools = true,
            Value::Int(value) => {
                ints = true;
                wide |= value.unsigned_abs() > 1 << 53;
            }
            Value::Float(_) => floats = true,
            Value::Text(_) => texts = true,
        }
        read.push(value);
    }
    let array: ArrayRef = match (bools, ints, floats, texts) {
        (true, false, false, false) => {
            let mut builder = BooleanBuilder::with_capacity(read.len());
            for value in &read {
                builder.append_option(if let Value::Bool(value) = value { Some(*value) } else { None });
            }
            Arc::new(builder.finish())
        }
        (false, true, false, false) => {
            let mut builder = Int64Builder::with_capacity(read.len());
            for value in &read {
                builder.append_option(if let Value::Int(value) = value { Some(*value) } else { None });
            }
            Arc::new(builder.finish())
        }
        (false, _, true, false) if !wide => {
            let mut builder = Float64Builder::with_capacity(read.len());
            for value in &read {
                builder.append_option(match value {
                    Value::Float(value) => Some(*value),
                    Value::Int(value) => Some(*value as f64),
                    _ => None,
                });
            }
            Arc::new(builder.finish())
        }
        _ => {
            let mut builder = LargeStringBuilder::with_capacity(read.len(), 8 * read.len());
            for value in &read {
                match value {
                    Value::Missing => builder.append_null(),
                    Value::Bool(value) => builder.append_value(if *value { "true" } else { "false" }),
                    Value::Int(value) => builder.append_value(value.to_string()),
                    Value::Float(value) => builder.append_value(value.to_string()),
                    Value::Text(value) => builder.append_value(value),
                }
            }
            Arc::new(builder.finish())
        }
    };
    Ok(Ok(array))
}

/// Lone surrogates have no UTF-8.
fn no_unicode() -> Problem {
    Problem::new(Code::TextEncoding, "the text is not valid Unicode")
        .hint("read the values again with the encoding they were written in")
}

/// A Python value; none when it is of a type that no column holds.
fn one(value: &Bound<'_, PyAny>) -> PyResult<Option<Value>> {
    if let Ok(text) = value.cast::<PyString>() {
        return Ok(PyBackedStr::try_from(text.clone()).ok().map(Value::Text));
    }
    if value.is_none() {
        return Ok(Some(Value::Missing));
    }
    if let Ok(value) = value.cast::<PyBool>() {
        return Ok(Some(Value::Bool(value.is_true())));
    }
    if let Ok(number) = value.cast::<PyFloat>() {
        let number = number.value();
        return Ok(Some(if number.is_nan() { Value::Missing } else { Value::Float(number) }));
    }
    if value.is_instance_of::<PyInt>() {
        return match value.extract::<i64>() {
            Ok(number) => Ok(Some(Value::Int(number))),
            Err(error) if error.is_instance_of::<PyOverflowError>(value.py()) => text_of(value),
            Err(error) => Err(error),
        };
    }
    let kind = value.get_type();
    let (module, name) = (kind.module()?, kind.name()?);
    match (module.to_str()?, name.to_str()?) {
        ("pandas" | "pandas._libs.missing" | "pandas.api.typing", "NAType")
        | ("pandas" | "pandas._libs.tslibs.nattype" | "pandas.api.typing", "NaTType") => Ok(Some(Value::Missing)),
        ("numpy", _) if value.hasattr("item")? => {
            let plain = value.call_method0("item")?;
            if plain.get_type().is(&kind) || plain.get_type().module()?.to_str()? == "numpy" {
                return Ok(None);
            }
            one(&plain)
        }
        ("decimal", "Decimal") | ("uuid", "UUID") => text_of(value),
        _ if value.hasattr("isoformat")? => {
            let text = value.call_method0("isoformat")?;
            Ok(text.cast::<PyString>().ok().and_then(|text| PyBackedStr::try_from(text.clone()).ok()).map(Value::Text))
        }
        _ => Ok(None),
    }
}

fn text_of(value: &Bound<'_, PyAny>) -> PyResult<Option<Value>> {
    Ok(Some(Value::Text(PyBackedStr::try_from(value.str()?)?)))
}
