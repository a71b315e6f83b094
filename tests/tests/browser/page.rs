use fantoccini::{Client, Locator, elements::Element};

/// The dashboard as somebody reads it who cannot see its source.
pub(crate) struct Page {
    pub(crate) client: Client,
}

impl Page {
    pub(crate) async fn open(client: Client, url: &str) -> Self {
        client.goto(url).await.unwrap();
        client.wait().for_element(Locator::Id("report")).await.unwrap();
        Self { client }
    }

    /// The figures above the chart: scans, new, returning, lost, net.
    pub(crate) async fn totals(&self) -> Vec<String> {
        let mut totals = Vec::new();
        for name in ["scans", "new", "returning", "lost", "net"] {
            let total = self.client.find(Locator::Id(&format!("total-{name}"))).await.unwrap();
            totals.push(total.text().await.unwrap());
        }
        totals
    }

    /// The table, cell by cell, without its head.
    pub(crate) async fn rows(&self) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        for row in self.all("#report tbody tr").await {
            let mut cells = Vec::new();
            for cell in row.find_all(Locator::Css("th, td")).await.unwrap() {
                cells.push(cell.text().await.unwrap());
            }
            rows.push(cells);
        }
        rows
    }

    /// How tall the bars of a series stand on the screen, from left to right.
    pub(crate) async fn heights(&self, series: &str) -> Vec<f64> {
        let mut heights = Vec::new();
        for bar in self.all(&format!(".chart rect.{series}")).await {
            heights.push(bar.rectangle().await.unwrap().3);
        }
        heights
    }

    /// Fills the form with dates, typed as month, day and year, and sends it.
    pub(crate) async fn choose(&self, from: &str, to: &str) {
        for (name, date) in [("from", from), ("to", to)] {
            let field = self.client.find(Locator::Css(&format!("input[name={name}]"))).await.unwrap();
            field.send_keys(date).await.unwrap();
        }
        self.leave_by("button[type=submit]", true).await;
    }

    /// Follows the link back to all days.
    pub(crate) async fn choose_all_days(&self) {
        self.leave_by("#all-days", false).await;
    }

    /// Clicks, and waits for the last element of a page on which days are chosen or not.
    async fn leave_by(&self, way: &str, chosen: bool) {
        self.client.find(Locator::Css(way)).await.unwrap().click().await.unwrap();
        let form = if chosen { r#":not([value=""])"# } else { r#"[value=""]"# };
        let end = format!("body:has(input[name=from]{form}) details summary");
        self.client.wait().for_element(Locator::Css(&end)).await.unwrap();
    }

    async fn all(&self, css: &str) -> Vec<Element> {
        self.client.find_all(Locator::Css(css)).await.unwrap()
    }
}
