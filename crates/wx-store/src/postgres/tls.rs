use super::error::{PostgresError, PostgresErrorKind};
use rustls::{
    ClientConfig, RootCertStore,
    crypto::aws_lc_rs::default_provider,
    pki_types::{CertificateDer, pem::PemObject},
};
use rustls_platform_verifier::BuilderVerifierExt;
use std::sync::Arc;
use tokio_postgres_rustls::MakeRustlsConnect;

/// Trusts the given authorities, or those that the system trusts.
pub(super) fn connector(root_certificates: Option<&[u8]>) -> Result<MakeRustlsConnect, PostgresError> {
    let failed = || PostgresError::new(PostgresErrorKind::Certificates);
    let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|_| failed())?;
    let config = match root_certificates {
        Some(pem) => config.with_root_certificates(roots(pem).ok_or_else(failed)?),
        None => config.with_platform_verifier().map_err(|_| failed())?,
    };
    Ok(MakeRustlsConnect::new(config.with_no_client_auth()))
}

/// At least one.
fn roots(pem: &[u8]) -> Option<RootCertStore> {
    let mut store = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(pem) {
        store.add(certificate.ok()?).ok()?;
    }
    (!store.is_empty()).then_some(store)
}
