use crate::{TransportError, TransportErrorKind, TransportOptions};
use rustls::{
    ClientConfig, RootCertStore,
    crypto::CryptoProvider,
    pki_types::{CertificateDer, pem::PemObject},
};
use rustls_platform_verifier::Verifier;
use std::sync::Arc;

/// Whom the transport trusts: the system's roots and those of the options. HTTP/1.1 alone is offered.
pub(crate) fn config(options: &TransportOptions) -> Result<ClientConfig, TransportError> {
    let extra = certificates(&options.trusted)?;
    let provider = provider();
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(invalid)?;
    let builder = match Verifier::new_with_extra_roots(extra.clone(), provider) {
        Ok(verifier) => builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier)),
        // A machine without any root certificate must still reach a service over plain http.
        Err(_) => builder.with_root_certificates(store(extra)?),
    };
    Ok(builder.with_no_client_auth())
}

/// That of the program if it has chosen one.
fn provider() -> Arc<CryptoProvider> {
    CryptoProvider::get_default()
        .map_or_else(|| Arc::new(rustls::crypto::aws_lc_rs::default_provider()), Arc::clone)
}

fn certificates(texts: &[Vec<u8>]) -> Result<Vec<CertificateDer<'static>>, TransportError> {
    let mut all = Vec::new();
    for text in texts {
        let before = all.len();
        for certificate in CertificateDer::pem_slice_iter(text) {
            all.push(certificate.map_err(invalid)?);
        }
        if all.len() == before {
            return Err(invalid(
                "a trusted certificate is not PEM; it begins with -----BEGIN CERTIFICATE-----",
            ));
        }
    }
    Ok(all)
}

fn store(certificates: Vec<CertificateDer<'static>>) -> Result<RootCertStore, TransportError> {
    let mut store = RootCertStore::empty();
    for certificate in certificates {
        store.add(certificate).map_err(invalid)?;
    }
    Ok(store)
}

fn invalid(reason: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> TransportError {
    TransportError::new(TransportErrorKind::Request).with_source(reason)
}
