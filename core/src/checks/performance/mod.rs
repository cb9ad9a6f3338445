//! How well the model predicts.

pub(crate) mod roc_auc;
