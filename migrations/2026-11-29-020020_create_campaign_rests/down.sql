DROP TABLE campaign_rests;
