use fantoccini::{Client, Locator};

/// The console of the simulator, as somebody uses it who cannot see its source.
pub(crate) struct SimPage {
    pub(crate) client: Client,
}

impl SimPage {
    pub(crate) async fn open(client: Client, base: &str) -> Self {
        client.goto(&format!("{base}/sim/console")).await.unwrap();
        let page = Self { client };
        page.wait("[data-number='1']").await;
        page
    }

    pub(crate) async fn wait(&self, css: &str) {
        self.client
            .wait()
            .for_element(Locator::Css(css))
            .await
            .unwrap_or_else(|error| panic!("{css}: {error}"));
    }

    pub(crate) async fn text(&self, css: &str) -> String {
        self.client.find(Locator::Css(css)).await.unwrap().text().await.unwrap()
    }

    pub(crate) async fn click(&self, css: &str) {
        self.client.find(Locator::Css(css)).await.unwrap().click().await.unwrap();
    }

    async fn fill(&self, css: &str, text: &str) {
        self.client.find(Locator::Css(css)).await.unwrap().send_keys(text).await.unwrap();
    }

    /// The second code, a permanent one; waits until its picture is there and is a picture.
    pub(crate) async fn create_code(&self, scene: &str) {
        self.fill("#new-code input", scene).await;
        self.click("#new-code button").await;
        self.wait("[data-number='2'] img").await;
        assert_eq!(self.text("[data-number='2'] strong").await, scene);
        let width = "const image = document.querySelector('[data-number=\"2\"] img'); \
                     const done = arguments[0]; \
                     image.decode().then(() => done(image.naturalWidth), () => done(0));";
        assert_eq!(self.client.execute_async(width, Vec::new()).await.unwrap(), 430);
    }

    pub(crate) async fn add_person(&self, name: &str) {
        self.fill("#new-person input", name).await;
        self.click("#new-person button").await;
        self.wait("#person-list [aria-pressed='true']").await;
        assert_eq!(self.text("#person-name").await, name);
    }

    pub(crate) async fn scan(&self, number: u64) {
        self.click(&format!("[data-number='{number}'] .scan")).await;
    }

    pub(crate) async fn write(&self, text: &str) {
        self.fill("#say input", text).await;
        self.click("#say button").await;
    }

    /// For the eyes: `SCREENSHOT=page.png cargo test -p scenarios --features browser sim_console`.
    pub(crate) async fn save_screenshot(&self) {
        if let Some(path) = std::env::var_os("SCREENSHOT") {
            std::fs::write(path, self.client.screenshot().await.unwrap()).unwrap();
        }
    }
}
